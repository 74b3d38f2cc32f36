/**
 * Libraries that are loaded late, and are dozens of files: as one file beside ours, which V8 may keep, they load several times faster.
 *
 * @type {Readonly<Record<string, string>>} The entries of the build.
 */
export const joined = { "chunks/yaml": "yaml" };

/** Has `lazily` require those files. @type {import("rolldown").Plugin} */
export const joinedLibraries = {
  name: "joined-libraries",
  transform: {
    filter: { id: /[\\/]src[\\/]syntax[\\/]lazily\.ts$/ },
    handler(code) {
      return Object.entries(joined).reduce((text, [entry, id]) => {
        const asked = `byNode("${id}")`;
        if (!text.includes(asked)) this.error(`nothing asks for ${id}`);
        return text.replace(asked, `require("${fileOf(entry)}")`);
      }, code);
    },
  },
  resolveId(id) {
    return Object.keys(joined).some((entry) => fileOf(entry) === id) ? { id, external: true } : undefined;
  },
};

/** As the other files of the folder require it. @param {string} entry */
function fileOf(entry) {
  return entry.replace("chunks/", "./").concat(".cjs");
}
