/** The order of the pages of the site, by who reads them. A test sees to it that none is left out. */

export type NavGroup = { readonly title: string; readonly pages: readonly string[] };

export const nav: readonly NavGroup[] = [
  { title: 'Start', pages: ['docs/getting-started.md', 'README.md'] },
  {
    title: 'Request and approve',
    pages: ['docs/team-lead.md', 'docs/approvers.md', 'docs/files.md', 'docs/errors.md'],
  },
  {
    title: 'Install and run',
    pages: [
      'docs/install.md',
      'docs/doctor.md',
      'docs/policy.md',
      'docs/database.md',
      'docs/scaling.md',
      'docs/metrics.md',
      'docs/runbooks.md',
      'docs/logs.md',
      'docs/benchmarks.md',
      'docs/dependencies.md',
    ],
  },
  { title: 'Security', pages: ['docs/security.md', 'docs/audit.md', 'SECURITY.md'] },
  {
    title: 'Change it',
    pages: [
      'docs/architecture.md',
      'docs/words.md',
      'docs/sandbox.md',
      'docs/sandbox-connect.md',
      'docs/chaos.md',
      'docs/fuzz.md',
      'CONTRIBUTING.md',
      'CHANGELOG.md',
    ],
  },
];
