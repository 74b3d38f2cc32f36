/** Counts the newlines among some bytes, 16 at a time; each lane counts to 255 at most. */
export function countNewlines(from: i32, to: i32): i32 {
  let total = 0;
  let i = from;
  while (i + 16 <= to) {
    const stop = min(to - 15, i + 16 * 255);
    let lanes = i8x16.splat(0);
    for (; i < stop; i += 16) lanes = i8x16.sub(lanes, i8x16.eq(v128.load(i), i8x16.splat(10)));
    const sums = i32x4.extadd_pairwise_i16x8_s(i16x8.extadd_pairwise_i8x16_u(lanes));
    total += i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  }
  for (; i < to; i++) if (load<u8>(i) == 10) total++;
  return total;
}
