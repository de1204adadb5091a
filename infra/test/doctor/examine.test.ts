import t from 'tap';
import { examine } from '../../dev/doctor/examine.ts';
import type { Machine } from '../../dev/doctor/machine.ts';
import { isWsl, lineThatBrings, systemOf } from '../../dev/doctor/systems.ts';

const HEALTHY: Machine = {
  system: 'debian',
  isWsl: false,
  root: '/home/ana/bachata-buddy/',
  nodeVersion: '20.19.0',
  pnpmVersion: '12.21.0',
  ffmpeg: { text: '5.1 (/usr/bin/ffmpeg)', encoders: ['libx264', 'aac'] },
  postgres: { text: 'the embedded one starts' },
  nativePackages: { '@node-rs/argon2': true, 'hnswlib-node': true },
  hasCompiler: true,
  hasGit: true,
  chromium: '/usr/bin/chromium',
  poseModelProblem: undefined,
  unwritable: [],
  freeDiskBytes: 9e9,
  sharedMemoryBytes: 67_108_864,
  isPortTaken: false,
  canListen: true,
};

/** What is said where the machine differs in this from one that has all. */
const lackingOf = (differences: Partial<Machine>) =>
  examine({ ...HEALTHY, ...differences }).filter(({ state }) => state !== 'ok');

t.test('a machine that has all lacks nothing', async (t) => {
  t.strictSame(lackingOf({}), []);
  t.equal(examine(HEALTHY).length, 12);
  t.strictSame(
    lackingOf({ system: 'macos', sharedMemoryBytes: undefined }),
    [],
    'where there is no /dev/shm',
  );
  for (const nodeVersion of ['20.20.2', '22.0.0', '24.1.0']) t.strictSame(lackingOf({ nodeVersion }), []);
});

t.test('each thing that is missing is named, with what mends it', async (t) => {
  const noServer = { problem: 'No answer.', isOwnServer: true };
  const cases: readonly [Partial<Machine>, string, RegExp, RegExp][] = [
    [{ nodeVersion: '20.18.3' }, 'Node.js', /20\.18\.3; 20\.19 is needed/, /nodesource/],
    [{ ffmpeg: { problem: 'ffmpeg was not found.' } }, 'ffmpeg', /not found/, /apt-get install -y ffmpeg/],
    [{ ffmpeg: { text: '7.1', encoders: ['aac'] } }, 'ffmpeg', /cannot encode libx264$/, /install -y ffmpeg/],
    [{ postgres: noServer }, 'PostgreSQL', /No answer/, /unset DATABASE_URL/],
    [{ postgres: { ...noServer, isOwnServer: false } }, 'PostgreSQL', /No answer/, /pnpm install --force/],
    [{ nativePackages: { '@node-rs/argon2': false } }, 'Native code', /argon2/, /^pnpm rebuild/],
    [{ unwritable: ['/x/.data'] }, 'Folders', /\/x\/\.data/, /chown/],
    [{ isWsl: true, root: '/mnt/c/bachata/' }, 'Folders', /drive of Windows/, /cd ~/],
    [{ freeDiskBytes: 1.9e9 }, 'Disk', /1\.9 GB/, /2 GB/],
    [{ sharedMemoryBytes: 1e6 }, '/dev/shm', /1 MB/, /--shm-size/],
    [{ canListen: false }, 'Ports', /no port/, /firewall/],
  ];
  for (const [differences, name, text, mend] of cases)
    t.match(lackingOf(differences), [{ name, state: 'missing', text, mend }], `${name}: ${text}`);
});

t.test('what few need, or something works without, is a note', async (t) => {
  const cases: readonly [Partial<Machine>, string, RegExp][] = [
    [{ pnpmVersion: undefined }, 'pnpm', /^alias pnpm=/],
    [{ pnpmVersion: '9.1.0' }, 'pnpm', /^alias pnpm=/],
    [{ nativePackages: { 'hnswlib-node': false } }, 'Native code', /^pnpm rebuild/],
    [
      { nativePackages: { 'hnswlib-node': false }, hasCompiler: false },
      'Native code',
      /python3 make g\+\+ && pnpm/,
    ],
    [{ isPortTaken: true }, 'Ports', /--port 8001/],
    [{ hasGit: false }, 'git', /install -y git/],
    [{ chromium: undefined }, 'Chromium', /install -y chromium/],
    [{ poseModelProblem: 'The pose model is damaged.' }, 'Pose model', /^pnpm pose:add$/],
  ];
  for (const [differences, name, mend] of cases)
    t.match(lackingOf(differences), [{ name, state: 'note', mend }], name);
});

t.test('a system is known by its own words', async (t) => {
  const linux = (osRelease: string) => systemOf({ platform: 'linux', osRelease });
  t.equal(linux('PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n'), 'debian');
  t.equal(linux('ID=ubuntu\nID_LIKE=debian\n'), 'ubuntu');
  t.equal(linux('ID=linuxmint\nID_LIKE="ubuntu debian"\n'), 'ubuntu');
  t.equal(linux('NAME="Fedora Linux"\nID=fedora\n'), 'fedora');
  t.equal(linux('ID="rocky"\nID_LIKE="rhel centos fedora"\n'), 'fedora');
  t.equal(linux('ID=arch\n'), 'other');
  t.equal(linux(''), 'other');
  t.equal(systemOf({ platform: 'darwin', osRelease: '' }), 'macos');
  t.equal(isWsl('Linux version 5.15.153.1-microsoft-standard-WSL2 (root@1)'), true);
  t.equal(isWsl('Linux version 6.1.0-18-amd64 (debian-kernel@lists.debian.org)'), false);
  t.match(lineThatBrings('ffmpeg', 'fedora'), /rpmfusion/, "Fedora's own cannot encode H.264");
});
