/** Three levels, with two teams that have the same name under different departments. */
export const hierarchyLevels = ['Site', 'Department', 'Team'] as const;

export const hierarchy: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Bristol: {
    'Customer Care': ['Team Heron', 'Team Kestrel', 'Night Team'],
    Sales: ['Team Osprey', 'Night Team'],
    'Technical Support': ['Team Falcon', 'Team Swift'],
  },
  Berlin: {
    'Customer Care': ['Team Storch', 'Team Adler'],
    Collections: ['Team Eule'],
  },
  Remote: {
    'Customer Care': ['Team Gull', 'Team Tern'],
    Sales: ['Team Puffin'],
  },
};
