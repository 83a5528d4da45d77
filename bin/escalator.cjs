#!/usr/bin/env node
// Every version of Node.js can parse this file, so that an old one gets a sentence and not a syntax error.
'use strict';

var existsSync = require('node:fs').existsSync;
var join = require('node:path').join;

var MINIMUM = [22, 12];

function isSupported(version) {
  var parts = version.split('.').map(Number);
  return parts[0] > MINIMUM[0] || (parts[0] === MINIMUM[0] && parts[1] >= MINIMUM[1]);
}

/** Keeps compiled code in the folder for temporary files: most of a short command is the compilation of its code. */
function cacheCompiledCode() {
  var enable = require('node:module').enableCompileCache;
  if (enable) enable();
}

// A checkout has the sources and runs them. The package has only what the build made of them.
if (existsSync(join(__dirname, '../cli/main.ts'))) {
  cacheCompiledCode();
  import('./run-source.js').then((launcher) => launcher.runCommand('cli/main.ts', process.argv.slice(2)));
} else if (isSupported(process.versions.node)) {
  cacheCompiledCode();
  import('../dist/cli/main.js');
} else {
  console.error(
    'escalator: This is Node.js ' +
      process.versions.node +
      '; install Node.js ' +
      MINIMUM.join('.') +
      ' or later.',
  );
  process.exitCode = 2;
}
