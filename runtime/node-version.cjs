/**
 * Loaded before anything else: an older Node would fail on the first TypeScript file with a message that does not
 * help. Written so that every Node of the last ten years can read it.
 */
var oldest = 24;
var running = process.versions.node;

if (Number(running.split('.')[0]) < oldest) {
  process.stderr.write(
    'connect-add-user needs Node ' +
      oldest +
      ', and this is Node ' +
      running +
      ': install Node ' +
      oldest +
      ' from https://nodejs.org/en/download, or run npm ci without --omit=dev, which brings one for Linux and Windows.\n',
  );
  process.exit(1);
}
