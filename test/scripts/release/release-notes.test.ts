import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { releaseNotes } from '../../../scripts/release/release-notes.ts';

const CHANGELOG = `# Changelog

## Unreleased

## 1.2.0 - 2026-11-28

### Added

- A thing.

### Fixed

- A fault.

## 1.1.0 - 2026-10-01

### Added

- An old thing.

## 1.0.0 - 2026-09-01
`;

const manifestOf = (version: string) =>
  JSON.stringify({ version, repository: { type: 'git', url: 'git+https://github.com/owner/name.git' } });

const notesOf = (tag: string, version: string, repository = 'owner/name') =>
  releaseNotes({ tag, repository, manifest: manifestOf(version), changelog: CHANGELOG });

describe('the notes of a release', () => {
  test('are the section of its version', () => {
    expect(notesOf('v1.2.0', '1.2.0')).toBe('### Added\n\n- A thing.\n\n### Fixed\n\n- A fault.\n');
  });

  test.each([
    {
      why: 'the tag is of another version',
      release: () => notesOf('v1.2.1', '1.2.0'),
      message:
        'The tag is v1.2.1, but package.json has version 1.2.0: tag the commit as v1.2.0, or set the version.',
    },
    {
      why: 'the package names another repository',
      release: () => notesOf('v1.2.0', '1.2.0', 'fork/name'),
      message:
        'package.json names the repository git+https://github.com/owner/name.git: ' +
        'write git+https://github.com/fork/name.git.',
    },
    {
      why: 'the changelog has no section',
      release: () => notesOf('v1.3.0', '1.3.0'),
      message: 'CHANGELOG.md has no section "## 1.3.0 - <date>": rename "Unreleased".',
    },
    {
      why: 'a section only begins like it',
      release: () => notesOf('v1.2', '1.2'),
      message: 'CHANGELOG.md has no section "## 1.2 - <date>": rename "Unreleased".',
    },
    {
      why: 'the section is empty',
      release: () => notesOf('v1.0.0', '1.0.0'),
      message: 'The section 1.0.0 of CHANGELOG.md lists no change.',
    },
  ])('fail when $why', ({ release, message }) => {
    expect(release).toThrow(message);
  });
});

test('the release workflow publishes with provenance what it has checked', () => {
  const workflow = readFileSync(join(import.meta.dirname, '../../../.github/workflows/release.yml'), 'utf8');
  const steps = ['scripts/release/main.ts', 'npm pack', 'npm publish --provenance', 'gh release create'];
  const positions = steps.map((step) => workflow.indexOf(step));
  expect(positions.every((position) => position > 0)).toBe(true);
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  expect(workflow).toContain('id-token: write');
});
