/** The systems that newcomers work on, and for which there is a line that mends. */
export type System = 'debian' | 'ubuntu' | 'fedora' | 'macos' | 'other';

export interface SystemFacts {
  readonly platform: NodeJS.Platform;
  /** `/etc/os-release`; empty where there is none. */
  readonly osRelease: string;
}

/** The system by its own words. What is made of Debian, Ubuntu or Fedora takes their packages; WSL is what runs in it. */
export function systemOf({ platform, osRelease }: SystemFacts): System {
  if (platform === 'darwin') return 'macos';
  const fieldOf = (name: string): string =>
    new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(osRelease)?.[1]?.toLowerCase() ?? '';
  const names = [fieldOf('ID'), ...fieldOf('ID_LIKE').split(' ')];
  if (names.includes('ubuntu')) return 'ubuntu';
  if (names.includes('debian')) return 'debian';
  if (names.includes('fedora')) return 'fedora';
  return 'other';
}

/** Whether Linux runs inside of Windows, by what `/proc/version` says. */
export function isWsl(procVersion: string): boolean {
  return /microsoft/i.test(procVersion);
}

const APT = (packages: string): string => `sudo apt-get update && sudo apt-get install -y ${packages}`;
const NODESOURCE =
  'curl -fsSL https://deb.nodesource.com/setup_22.x | sudo -E bash - && sudo apt-get install -y nodejs';

/** By what is lacking, the line that brings it. */
const LINES = {
  node: {
    debian: NODESOURCE,
    ubuntu: NODESOURCE,
    fedora: 'sudo dnf install -y nodejs',
    macos: 'brew install node@22 && brew link --overwrite node@22',
    other: 'install Node.js 22 from https://nodejs.org',
  },
  ffmpeg: {
    debian: APT('ffmpeg'),
    ubuntu: APT('ffmpeg'),
    // Fedora's own ffmpeg-free comes without libx264.
    fedora:
      'sudo dnf install -y https://mirrors.rpmfusion.org/free/fedora/rpmfusion-free-release-$(rpm -E %fedora).noarch.rpm && sudo dnf install -y --allowerasing ffmpeg',
    macos: 'brew install ffmpeg',
    other: 'install ffmpeg 5 or newer with libx264, or set FFMPEG_PATH and FFPROBE_PATH',
  },
  compiler: {
    debian: APT('python3 make g++'),
    ubuntu: APT('python3 make g++'),
    fedora: 'sudo dnf install -y python3 make gcc-c++',
    macos: 'xcode-select --install',
    other: 'install Python 3, make and a C++ compiler',
  },
  chromium: {
    debian: APT('chromium'),
    ubuntu: 'sudo snap install chromium',
    fedora: 'sudo dnf install -y chromium',
    macos: 'brew install --cask google-chrome',
    other: 'install Chromium or Chrome',
  },
  git: {
    debian: APT('git'),
    ubuntu: APT('git'),
    fedora: 'sudo dnf install -y git',
    macos: 'xcode-select --install',
    other: 'install git',
  },
} as const satisfies Record<string, Record<System, string>>;

export type Lacking = keyof typeof LINES;

export function lineThatBrings(what: Lacking, system: System): string {
  return LINES[what][system];
}
