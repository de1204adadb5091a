import t from 'tap';
import { ADDRESSES, viewAt } from '../src/app/addresses.ts';

t.test('each view is found at its address, and at that with a slash behind it', async (t) => {
  for (const [name, address] of Object.entries(ADDRESSES)) {
    const pathname = address.replace(/\$\w+/, '7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a');
    t.equal(viewAt(pathname), name);
    t.equal(viewAt(`${pathname}/`), name);
  }
});

t.test('no view is found elsewhere', async (t) => {
  for (const pathname of ['/nowhere', '/dance', '/dance/a/b', '/collection/a'])
    t.equal(viewAt(pathname), undefined, pathname);
});
