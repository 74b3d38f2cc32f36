// Who asks: a proxy in front of an API sees many clients.

/** @typedef {{ ask: (random: import("./make-bodies.mjs").Random, time: number) => number, wait: (client: number, until: number) => void }} Clients */

/** Clients that ask nothing until the time that they are told to wait for. @param {number} count @returns {Clients} */
export function createClients(count) {
  const free = new Float64Array(count);
  return {
    ask(random, time) {
      const first = Math.floor(random() * count);
      for (let step = 0; step < count; step++) {
        const client = (first + step) % count;
        if (/** @type {number} */ (free[client]) <= time) return client;
      }
      return first;
    },
    wait(client, until) {
      free[client] = until;
    },
  };
}

/** One client that never waits. @returns {Clients} */
export const createHeedless = () => ({ ask: () => 0, wait() {} });
