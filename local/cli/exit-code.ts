/** The exit codes of `npm start`: for a usage error, and by what came of the demo. */
export const EXIT_CODES = { success: 0, 'objective-missed': 1, usage: 2, 'too-slow': 3 } as const;
