/** What a release is made of. */
export interface Release {
  /** The tag, such as `v0.1.0`. */
  readonly tag: string;
  /** The name of the repository on GitHub, such as `owner/name`. */
  readonly repository: string;
  /** The text of package.json. */
  readonly manifest: string;
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
}

/** The release cannot be published. The message says what to change. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}

/**
 * Checks that a release is complete.
 *
 * @returns the section of its version in the changelog, without the heading.
 * @throws ReleaseError when the parts of the release do not agree.
 */
export function releaseNotes({ tag, repository, manifest, changelog }: Release): string {
  const { version, repository: source } = JSON.parse(manifest);
  if (tag !== `v${version}`) {
    throw new ReleaseError(
      `The tag is ${tag}, but package.json has version ${version}: tag the commit as v${version}, or set the version.`,
    );
  }
  // npm refuses a package whose provenance names another repository.
  if (source?.url !== `git+https://github.com/${repository}.git`) {
    throw new ReleaseError(
      `package.json names the repository ${source?.url}: write git+https://github.com/${repository}.git.`,
    );
  }
  const [, ...sections] = changelog.split(/^## /m);
  const section = sections.find((text) => text.startsWith(`${version} - `));
  if (section === undefined) {
    throw new ReleaseError(`CHANGELOG.md has no section "## ${version} - <date>": rename "Unreleased".`);
  }
  const notes = section.slice(section.indexOf('\n')).trim();
  if (!/^- /m.test(notes)) throw new ReleaseError(`The section ${version} of CHANGELOG.md lists no change.`);
  return `${notes}\n`;
}
