export { POSE_ERRORS } from './errors.ts';
export { measurePoses, poseKey, type SeenClip } from './measure-poses.ts';
export { findModelProblem } from './model-files.ts';
export { isPoseModelThere } from './model-folder.ts';
export { makePoseEstimator, type PoseEstimator } from './pose-estimator.ts';
