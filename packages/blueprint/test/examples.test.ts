import t from 'tap';
import { hashBlueprint, parseBlueprint, resolveBlueprint, validateBlueprint } from '../src/index.ts';
import { BlueprintSchema } from '../src/schema/blueprint-schema.ts';
import type { SchemaNode } from '../src/schema/schema-node.ts';
import { document, documentOfMoves, EXAMPLE_NAMES, exampleText } from './support/documents.ts';

for (const name of EXAMPLE_NAMES) {
  t.test(`the example ${name} is a good document`, async (t) => {
    const blueprint = parseBlueprint(exampleText(name));
    t.strictSame(validateBlueprint(JSON.parse(exampleText(name))), []);
    t.equal(resolveBlueprint(blueprint).moves.length, blueprint.moves.length);
    t.match(hashBlueprint(blueprint), /^[0-9a-f]{64}$/);
  });
}

t.test('the example every-field.json shows every field of the schema', async (t) => {
  const shown = document(undefined, 'every-field.json');
  const schema = (BlueprintSchema as SchemaNode).properties ?? {};
  t.strictSame(Object.keys(shown).sort(), Object.keys(schema).sort());
  t.strictSame(Object.keys(shown.moves[0]).sort(), Object.keys(schema.moves?.items?.properties ?? {}).sort());
  t.strictSame(
    Object.keys(shown.output_config).sort(),
    Object.keys(schema.output_config?.properties ?? {}).sort(),
  );
});

t.test('the smallest document resolves to the defaults', async (t) => {
  t.strictSame(resolveBlueprint(parseBlueprint(exampleText('minimal.json'))), {
    taskId: 'abc-123-def-456',
    audioKey: 'songs/Amor.mp3',
    totalDurationSec: 16,
    moves: [
      {
        index: 0,
        clipId: 'move_1',
        clipKey: 'Bachata_steps/body_roll/body_roll_1.mp4',
        startSec: 0,
        durationSec: 8,
        trimStartSec: 0,
        trimEndSec: 0,
        playbackRate: 1,
        volume: 1,
        transition: 'cut',
        transitionStartSec: 0,
        transitionEndSec: 0,
      },
      {
        index: 1,
        clipId: 'move_2',
        clipKey: 'Bachata_steps/cross_body_lead/cross_body_lead_1.mp4',
        startSec: 8,
        durationSec: 8,
        trimStartSec: 0,
        trimEndSec: 0,
        playbackRate: 1,
        volume: 1,
        transition: 'crossfade',
        transitionStartSec: 7.75,
        transitionEndSec: 8.25,
      },
    ],
    output: {
      key: 'output/choreography_abc-123-def-456.mp4',
      format: 'mp4',
      videoCodec: 'libx264',
      audioCodec: 'aac',
      frameRate: 30,
      isConstantFrameRate: false,
      audioBitrate: '128k',
      transitionDurationSec: 0.5,
      fadeDurationSec: 0.3,
      addAudioOverlay: true,
      normalizeAudio: true,
      songStartSec: 0,
      songFadeOutSec: 0,
      songSpeed: 1,
      isMirrored: false,
      showsCounts: false,
    },
  });
});

t.test('what a document gives is what resolves, zero and false included', async (t) => {
  const resolved = resolveBlueprint(
    parseBlueprint(
      document((d) => {
        Object.assign(d.moves[1], { volume_adjustment: 0, trim_start: 0.25, playback_rate: 1.1 });
        Object.assign(d.output_config, {
          fade_duration: 0,
          add_audio_overlay: false,
          normalize_audio: false,
          video_bitrate: '2M',
          video_codec: 'h264',
          frame_rate: 29.97,
        });
      }, 'every-field.json'),
    ),
  );
  t.match(resolved.moves[1], { volume: 0, trimStartSec: 0.25, playbackRate: 1.1, name: 'Turn', counts: 4 });
  t.match(resolved.output, {
    fadeDurationSec: 0,
    addAudioOverlay: false,
    normalizeAudio: false,
    videoBitrate: '2M',
    videoCodec: 'h264',
    frameRate: 29.97,
  });
  t.match(resolved, {
    difficulty: 'beginner',
    audioTempoBpm: 120,
    song: { id: 7, title: 'Example', artist: 'Nobody' },
    beats: [0, 0.5],
  });
});

t.test('fields of a later minor version are accepted and kept', async (t) => {
  const later = document((d) => {
    d.schema_version = '1.7';
    d.camera = { angles: [1, 2], note: null };
    d.moves[0].mirror = true;
    d.output_config.crf = 20;
  });
  const read = parseBlueprint(JSON.stringify(later));
  t.strictSame(read, later);
  for (const version of ['1.0', '1.1', '1.2']) {
    t.strictSame(validateBlueprint(document((d) => (d.schema_version = version))), []);
  }
  for (const version of ['2.0', '0.9', '10.0', '1', 'v1.1', '1.1.0', '', 1.1]) {
    t.equal(validateBlueprint(document((d) => (d.schema_version = version)))[0]?.path, 'schema_version');
  }
});

t.test('a document of 2000 moves is good, and its moves keep their order', async (t) => {
  const resolved = resolveBlueprint(parseBlueprint(JSON.stringify(documentOfMoves(2_000))));
  t.equal(resolved.moves.length, 2_000);
  t.ok(resolved.moves.every((move, index) => move.index === index && move.clipId === `move_${index + 1}`));
});
