import t from 'tap';
import { Type } from 'typebox';
import { configurationTable } from '../src/index.ts';

const KEY = Type.String({ minLength: 32, description: 'signs', secret: true });

t.test('a table says of each variable what it may be, whether it has to be given, and to whom', async (t) => {
  const table = configurationTable(
    Type.Object({
      KEY,
      OLD_KEY: Type.Optional(KEY),
      PORT: Type.Integer({ default: 8_000, minimum: 0, maximum: 65_535, description: 'where' }),
      SHARE: Type.Number({ default: 0.5, minimum: 0, maximum: 1, description: 'how much' }),
      MODE: Type.Enum(['a', 'b'], { default: 'a', description: 'how' }),
      IS_ON: Type.Boolean({ default: false, description: 'whether' }),
      ADDRESS: Type.Optional(
        Type.String({ pattern: '^https?://', examples: ['https://a.example'], description: 'whither' }),
      ),
      NAME: Type.Optional(Type.String({ description: 'who' })),
    }),
  );
  t.strictSame(table.split('\n').slice(2), [
    '| `KEY` | signs | at least 32 characters |  | yes | yes |',
    '| `OLD_KEY` | signs | at least 32 characters |  |  | yes |',
    '| `PORT` | where | whole number, 0 to 65535 | `8000` |  |  |',
    '| `SHARE` | how much | 0 to 1 | `0.5` |  |  |',
    '| `MODE` | how | `a`, `b` | `a` |  |  |',
    '| `IS_ON` | whether | `true`, `false` | `false` |  |  |',
    '| `ADDRESS` | whither | like `https://a.example` |  |  |  |',
    '| `NAME` | who | text |  |  |  |',
  ]);
});

t.test('a variable that nothing is said of, or that would break the table, is refused', async (t) => {
  t.throws(() => configurationTable(Type.Object({ A: Type.String() })), /A has no description/);
  t.throws(
    () => configurationTable(Type.Object({ A: Type.String({ description: 'b|c' }) })),
    /A would break/,
  );
});
