import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../route-context.ts';
import { accountRoutes } from './auth/account.ts';
import { loginLinkRoute } from './auth/login-link.ts';
import { openSessionRoutes } from './auth/open-sessions.ts';
import { passwordRoutes } from './auth/passwords.ts';
import { preferencesRoutes } from './auth/preferences.ts';
import { profileRoutes } from './auth/profile.ts';
import { registerRoute } from './auth/register.ts';
import { sessionRoutes } from './auth/sessions.ts';
import { alternativesRoute } from './choreography/alternatives.ts';
import { bringSongRoute } from './choreography/bring-song.ts';
import { countSongRoute } from './choreography/count-song.ts';
import { deleteSongRoute } from './choreography/delete-song.ts';
import { generateFromSongRoute } from './choreography/generate-from-song.ts';
import { generateWithAiRoute } from './choreography/generate-with-ai.ts';
import { moveRoutes } from './choreography/moves.ts';
import { parseQueryRoute } from './choreography/parse-query.ts';
import { renderAgainRoute } from './choreography/render-again.ts';
import { reviseRoute } from './choreography/revise.ts';
import { songSoundRoutes } from './choreography/song-sound.ts';
import { songRoutes } from './choreography/songs.ts';
import { taskBlueprintRoute } from './choreography/task-blueprint.ts';
import { taskEventsRoute } from './choreography/task-events.ts';
import { taskMediaRoute } from './choreography/task-media.ts';
import { taskTicketRoute } from './choreography/task-ticket.ts';
import { taskRoutes } from './choreography/tasks.ts';
import { versionsRoute } from './choreography/versions.ts';
import { videoRoutes } from './choreography/videos.ts';
import { collectionItemRoutes } from './collections/items.ts';
import { saveRoute } from './collections/save.ts';
import { collectionUpkeepRoutes } from './collections/upkeep.ts';
import { collectionUploadRoutes } from './collections/uploads.ts';
import { addSequenceRoutes } from './instructors/add-sequence.ts';
import { changeClassPlanRoutes } from './instructors/change-class-plan.ts';
import { changeSequenceRoute } from './instructors/change-sequence.ts';
import { classPlanListRoutes } from './instructors/class-plan-list.ts';
import { deleteClassPlanRoute } from './instructors/delete-class-plan.ts';
import { duplicateClassPlanRoute } from './instructors/duplicate-class-plan.ts';
import { instructorFigureRoutes } from './instructors/figures.ts';
import { removeSequenceRoute } from './instructors/remove-sequence.ts';
import { reorderSequencesRoute } from './instructors/reorder-sequences.ts';
import { showClassPlanRoute } from './instructors/show-class-plan.ts';
import { mediaRoutes } from './media.ts';
import { metricsRoute } from './metrics.ts';
import { schemaRoute } from './schema.ts';
import { systemRoutes } from './system.ts';

const ROUTES = [
  registerRoute,
  sessionRoutes,
  loginLinkRoute,
  profileRoutes,
  preferencesRoutes,
  passwordRoutes,
  openSessionRoutes,
  accountRoutes,
  songRoutes,
  songSoundRoutes,
  bringSongRoute,
  countSongRoute,
  deleteSongRoute,
  moveRoutes,
  generateFromSongRoute,
  generateWithAiRoute,
  parseQueryRoute,
  taskRoutes,
  taskBlueprintRoute,
  taskEventsRoute,
  taskTicketRoute,
  taskMediaRoute,
  alternativesRoute,
  reviseRoute,
  renderAgainRoute,
  versionsRoute,
  videoRoutes,
  collectionItemRoutes,
  collectionUploadRoutes,
  saveRoute,
  collectionUpkeepRoutes,
  classPlanListRoutes,
  showClassPlanRoute,
  changeClassPlanRoutes,
  deleteClassPlanRoute,
  duplicateClassPlanRoute,
  addSequenceRoutes,
  changeSequenceRoute,
  removeSequenceRoute,
  reorderSequencesRoute,
  instructorFigureRoutes,
  mediaRoutes,
  systemRoutes,
  schemaRoute,
  metricsRoute,
];

/** Every route of the service, each in a scope of its own. */
export async function routes(app: FastifyInstance, context: RouteContext): Promise<void> {
  for (const route of ROUTES) await app.register(route, context);
}
