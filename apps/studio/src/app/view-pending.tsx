import { Loading } from '../ui/states.tsx';

export function ViewPending() {
  return <Loading />;
}
