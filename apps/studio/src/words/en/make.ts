export const make = {
  title: 'Make a dance',
};
