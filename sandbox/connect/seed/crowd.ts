/**
 * The other people of the contact center, with realistic names; some of the names are difficult for careless code.
 */
export type Colleague = {
  firstName: string;
  lastName: string;
  username: string;
  securityProfiles: readonly string[];
  /** Index into the list of routing profiles, which distributes these people over them. */
  routing: number;
  /** Path in the hierarchy, top first. */
  group: readonly string[];
  tags: Readonly<Record<string, string>>;
};

const names: readonly (readonly [string, string])[] = [
  ['Aisha', 'Khan'],
  ['Åsa', 'Lindqvist'],
  ['Ben', 'Okafor'],
  ['Brónach', "O'Neill"],
  ['Camille', 'Dubois'],
  ['Carlos', 'Ortiz'],
  ['Chloé', 'Lefèvre'],
  ['Dai', 'Llewellyn-Jones'],
  ['Deniz', 'Yılmaz'],
  ['Dmitri', 'Volkov'],
  ['Emeka', 'Nwosu'],
  ['Erik', 'Sørensen'],
  ['Fatima', 'Zahra'],
  ['Femke', 'van der Berg'],
  ['Giulia', 'Conti'],
  ['Grace', 'Mbeki'],
  ['Hannah', 'Schäfer'],
  ['Hiroshi', 'Tanaka'],
  ['Ines', 'Carvalho'],
  ['Ivana', 'Horvat'],
  ['Jamal', 'Washington'],
  ['Jin', 'Li'],
  ['José', 'Núñez'],
  ['Karol', 'Wiśniewski'],
  ['Kwame', 'Asante'],
  ['Lena', 'Groß'],
  ['Liam', 'Byrne'],
  ['Mai', 'Nguyễn'],
  ['Marek', 'Dvořák'],
  ['Mary Ann', 'Whitfield'],
  ['Mateo', 'García Márquez'],
  ['Nadia', 'Haddad'],
  ['Nils', 'Becker'],
  ['Noor', 'Al-Rashid'],
  ['Olu', 'Adeyemi'],
  ['Paula', 'Kowalska'],
  ['Priya', 'Raman'],
  ['Quentin', 'Moreau'],
  ['Rosa', 'Jiménez'],
  ['Ruth', 'Abebe'],
  ['Sanne', 'de Vries'],
  ['Seán', 'Gallagher'],
  ['Tomás', 'Silva'],
  ['Uma', 'Patel'],
  ['Victor', 'Stan'],
  ['Wei', 'Zhang'],
  ['Yara', 'Haddad'],
  ['Zoë', 'Bright'],
];

const groups: readonly (readonly string[])[] = [
  ['Bristol', 'Customer Care', 'Team Heron'],
  ['Bristol', 'Customer Care', 'Team Kestrel'],
  ['Bristol', 'Sales', 'Team Osprey'],
  ['Bristol', 'Technical Support', 'Team Falcon'],
  ['Berlin', 'Customer Care', 'Team Storch'],
  ['Berlin', 'Collections', 'Team Eule'],
  ['Remote', 'Customer Care', 'Team Gull'],
  ['Remote', 'Sales', 'Team Puffin'],
];

const roles: readonly (readonly string[])[] = [
  ['Agent'],
  ['Agent'],
  ['Tier 1 Agent'],
  ['Tier 2 Agent', 'Task Agent'],
  ['Agent', 'Task Agent'],
  ['Trainee'],
  ['QualityAnalyst'],
];

export const crowd: readonly Colleague[] = names.map(([firstName, lastName], index) => {
  const group = groups[index % groups.length] ?? [];
  return {
    firstName,
    lastName,
    username: usernameOf(firstName, lastName),
    securityProfiles: roles[index % roles.length] ?? ['Agent'],
    routing: index * 3,
    group,
    tags: { Country: group[0] === 'Berlin' ? 'DE' : 'UK', CostCentre: String(4100 + (index % 4)) },
  };
});

/** The first letter and the last name in ASCII letters, truncated to the 20 characters that Connect allows. */
function usernameOf(firstName: string, lastName: string): string {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replaceAll('ø', 'o')
      .replaceAll('ß', 'ss')
      .replaceAll('ı', 'i')
      .normalize('NFD')
      .replace(/[^a-z]/g, '');
  return `${plain(firstName).slice(0, 1)}${plain(lastName)}`.slice(0, 20);
}
