export const keep = {
  title: 'Collection',
};
