import "yargs";
