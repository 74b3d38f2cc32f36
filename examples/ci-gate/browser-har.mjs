// Asks the orders API from a page, as a front end would, and lets Playwright write the HAR.
//   CHROMIUM=/usr/bin/chromium node browser-har.mjs http://127.0.0.1:3000 run.har
const { chromium } = await import("playwright-core").catch(() => {
  console.error("This needs playwright-core: npm install --no-save playwright-core");
  process.exit(2);
});

const [address = "http://127.0.0.1:3000", file = "run.har"] = process.argv.slice(2);
const keys = { alice: "key_alice_5b1f0c9e7d", bob: "key_bob_a83d6e2f41" };
const browser = await chromium.launch({ ...(process.env.CHROMIUM && { executablePath: process.env.CHROMIUM }) });
const context = await browser.newContext({ recordHar: { path: file, content: "embed" } });
const page = await context.newPage();
// A page of the API's own origin may ask it without CORS.
await page.goto(`${address}/v1/orders`);
const statuses = await page.evaluate(async ({ alice, bob }) => {
  const ask = (method, path, key, body) =>
    fetch(path, { method, headers: { Authorization: `Bearer ${key}` }, ...(body && { body: JSON.stringify(body) }) });
  const made = await ask("POST", "/v1/orders", alice, { item: "tea", quantity: 1 });
  const { id } = await made.json();
  const others = [await ask("GET", `/v1/orders/${id}`, bob), await ask("GET", "/v1/orders/ord_00000000", bob)];
  // Chromium keeps only bodies that somebody read.
  for (const answer of others) await answer.text();
  return [made, ...others].map(({ status }) => status);
}, keys);
// The file is written once the context is closed.
await context.close();
await browser.close();
console.log(`${statuses.join(", ")}: recorded in ${file}`);
