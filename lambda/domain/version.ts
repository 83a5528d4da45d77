/** The version of this project, as in package.json. `npm version` changes both. */
export const VERSION = '0.1.0';
