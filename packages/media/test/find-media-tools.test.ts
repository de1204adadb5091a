import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import t from 'tap';
import { writeProgram } from './fixture-programs.ts';

const nothingBundled = async (): Promise<undefined> => undefined;

/** A script that answers like an ffmpeg with these encoders and filters. */
function answering(encoders: string, filters: string): string {
  return `case "$*" in
*-version*) echo "ffmpeg version 9.9-scripted Copyright" ;;
*-encoders*) printf '${encoders}' ;;
*-filters*) printf '${filters}' ;;
esac`;
}

const COMPLETE = answering(
  ' V..... libx264 H.264\\n A..... aac AAC\\n',
  ' T.. xfade VV->V\\n T.. tpad V->V\\n',
);

t.test('the tools of this machine are found, and the answer is kept', async (t) => {
  const first = findMediaTools();
  t.equal(findMediaTools(), first);
  t.match(await first, { ffmpegPath: /^\//, ffprobePath: /^\//, ffmpegVersion: /\d/ });
});

t.test('FFMPEG_PATH is used or refused, never passed over', async (t) => {
  const directory = t.testdir({ 'not-executable': 'x' });
  writeProgram(directory, 'ffmpeg', COMPLETE);
  writeProgram(directory, 'ffprobe', '');
  const chosen = join(directory, 'ffmpeg');
  const tools = await findMediaTools({ environment: { FFMPEG_PATH: chosen } });
  t.match(tools, {
    ffmpegPath: chosen,
    ffprobePath: join(directory, 'ffprobe'),
    ffmpegVersion: '9.9-scripted',
  });
  for (const bad of [join(directory, 'absent'), join(directory, 'not-executable'), directory]) {
    const environment = { PATH: process.env.PATH, FFMPEG_PATH: bad };
    await t.rejects(findMediaTools({ environment }), {
      code: 'MEDIA_FFMPEG_MISSING',
      message: /FFMPEG_PATH/,
    });
  }
});

t.test('a bundled binary comes before PATH, where it can be run', async (t) => {
  const directory = t.testdir({ bundled: {}, path: {} });
  const bundled = writeProgram(join(directory, 'bundled'), 'ffmpeg', COMPLETE);
  const onPath = writeProgram(join(directory, 'path'), 'ffmpeg', COMPLETE);
  writeProgram(join(directory, 'path'), 'ffprobe', '');
  // The scripts themselves need /bin.
  const environment = { PATH: `${join(directory, 'path')}:/usr/bin:/bin` };
  t.equal(
    (await findMediaTools({ environment, bundledFfmpegPath: async () => bundled })).ffmpegPath,
    bundled,
  );
  const broken = async (): Promise<string> => join(directory, 'bundled', 'absent');
  t.equal((await findMediaTools({ environment, bundledFfmpegPath: broken })).ffmpegPath, onPath);
});

t.test('where there is none, the error says what to do', async (t) => {
  const environment = { PATH: t.testdir() };
  await t.rejects(findMediaTools({ environment, bundledFfmpegPath: nothingBundled }), {
    code: 'MEDIA_FFMPEG_MISSING',
    message:
      'ffmpeg was not found. Install it (Debian/Ubuntu: apt-get install ffmpeg; macOS: brew install ffmpeg) or set FFMPEG_PATH.',
  });
});

t.test('ffmpeg without ffprobe is an error of its own', async (t) => {
  const directory = t.testdir();
  writeProgram(directory, 'ffmpeg', COMPLETE);
  const environment = { PATH: directory };
  await t.rejects(findMediaTools({ environment, bundledFfmpegPath: nothingBundled }), {
    code: 'MEDIA_FFPROBE_MISSING',
    message: /FFPROBE_PATH/,
  });
});

t.test('an ffmpeg that lacks what is needed is refused with the names of what it lacks', async (t) => {
  const directory = t.testdir();
  writeProgram(directory, 'ffprobe', '');
  const path = writeProgram(directory, 'ffmpeg', answering(' A..... aac AAC\\n', ' T.. tpad V->V\\n'));
  await t.rejects(findMediaTools({ environment: { FFMPEG_PATH: path } }), {
    code: 'MEDIA_FFMPEG_TOO_OLD',
    message: /lacks libx264, xfade\./,
  });
});

for (const { version, configuration, isTrusted } of [
  { version: '5.1.6-0+deb12u1', configuration: '--enable-gpl --enable-libx264', isTrusted: true },
  { version: 'n7.1', configuration: '--enable-libx264 --enable-libx265', isTrusted: true },
  { version: '4.2.7', configuration: '--enable-libx264', isTrusted: false },
  { version: 'N-112-gabc', configuration: '--enable-libx264', isTrusted: false },
  { version: '6.0', configuration: '--enable-libx264rgb', isTrusted: false },
  { version: '6.0', configuration: '--enable-libx264 --disable-everything', isTrusted: false },
]) {
  t.test(
    `version ${version} with ${configuration} is ${isTrusted ? 'taken' : 'not taken'} at its word`,
    async (t) => {
      const directory = t.testdir();
      const calls = join(directory, 'calls');
      writeProgram(directory, 'ffprobe', '');
      const words = `printf 'ffmpeg version ${version} Copyright\\nconfiguration: ${configuration}\\n'`;
      const path = writeProgram(directory, 'ffmpeg', `echo "$@" >> '${calls}'\n${words}`);
      const finding = findMediaTools({ environment: { FFMPEG_PATH: path } });
      if (isTrusted) t.match(await finding, { ffmpegVersion: version });
      else await t.rejects(finding, { code: 'MEDIA_FFMPEG_TOO_OLD', details: { ffmpegVersion: version } });
      const asked = readFileSync(calls, 'utf8').trim().split('\n').sort();
      const lists = ['-hide_banner -encoders', '-hide_banner -filters'];
      t.same(asked, [...(isTrusted ? [] : lists), '-version']);
    },
  );
}
