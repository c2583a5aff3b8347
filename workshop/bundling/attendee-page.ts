// The page in a bundle for whoever holds the stick: what to type on which system, what is missing,
// and how to see that nothing was damaged on the way.

import type { BundleFacts, SystemFacts } from './facts.ts'

const titles: Readonly<Record<string, string>> = {
  'linux-x64': 'Linux',
  'linux-arm64': 'Linux on ARM',
  'darwin-arm64': 'macOS (Apple silicon)',
  'darwin-x64': 'macOS (Intel)',
  'win32-x64': 'Windows',
}

export const attendeePage = (facts: BundleFacts): string => `# Exactly once: the workshop on a stick

Everything is here: the repository, its packages, pnpm, and Node. You need no network.

${facts.systems.map(section).join('\n')}
It takes about a minute from a stick. The workshop goes to the folder \`exactly-once-workshop\` in your
home folder; write another one behind \`set-up.mjs\` to have it there. Nothing of yours is overwritten, and
nothing in this folder changes. Run it again if it was stopped.

At the end it prints the two lines that open the workshop.

## Has it arrived whole?

\`set-up.mjs\` looks by itself. To look at every file: \`sha256sum -c checksums.txt\` on Linux,
\`shasum -a 256 -c checksums.txt\` on macOS, or, in a clone, \`npx -y pnpm@12 workshop bundle --check DIR\`.

Made from commit ${facts.commit}, with pnpm ${facts.pnpm} and Node ${facts.nodeVersion}.
`

function section({ name, installs, node, missing }: SystemFacts): string {
  const title = `## ${titles[name] ?? name}\n`
  if (!installs) {
    return `${title}\nThis bundle cannot be installed here. It lacks ${missing.join(', ')}.\n`
  }
  const needs = node ? 'With any Node from 18 on' : 'You need a Node of your own, 22 or newer'
  return [
    title,
    `${needs}, in this folder:\n`,
    '    node set-up.mjs\n',
    ...(node ? withoutNode(name, node.program) : []),
  ].join('\n')
}

function withoutNode(name: string, program: string): readonly string[] {
  if (name.startsWith('win32')) {
    return ['Without Node:\n', `    ${program.replaceAll('/', '\\')} set-up.mjs\n`]
  }
  return [
    'Without Node, copy this folder to your disk first, and there:\n',
    `    chmod +x ${program}`,
    `    ${program} set-up.mjs\n`,
  ]
}
