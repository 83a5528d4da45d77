/** A command of a page, with the output below it. */
export interface PageExample {
  readonly command: string;
  readonly output: string;
}

/** The commands of a page (`$ command`) in its blocks of kind `console`. */
export function examplesOf(page: string): PageExample[] {
  return [...page.matchAll(/^```console\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((example) => {
        const [command = '', ...output] = example.split('\n');
        return { command, output: output.join('\n') };
      }),
  );
}

/** The page with another output of a command. */
export function withOutput(page: string, { command, output }: PageExample, actual: string): string {
  return page.replace(`$ ${command}\n${output}`, () => `$ ${command}\n${actual}`);
}
