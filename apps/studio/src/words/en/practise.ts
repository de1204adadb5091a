export const practise = {
  title: 'Dance {taskId}',
};
