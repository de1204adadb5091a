/* Generated from docs/openapi.json by packages/client/src/commands/generate-types.ts. Not for editing. */

export interface paths {
    "/api/auth/register/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register a new user */
        post: operations["postAuthRegister"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Login and get JWT tokens */
        post: operations["postAuthLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get a new access token */
        post: operations["postAuthRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke a refresh token */
        post: operations["postAuthLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login/link/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in by a one-time link, on the machine of the service
         * @description `pnpm demo` makes the link. Asked for from elsewhere, it is refused.
         */
        post: operations["postAuthLoginLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/profile/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get user profile */
        get: operations["getAuthProfile"];
        /** Update user profile */
        put: operations["putAuthProfile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get user profile */
        get: operations["getAuthMe"];
        /** Update user profile */
        put: operations["putAuthMe"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/preferences/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get user preferences */
        get: operations["getAuthPreferences"];
        /** Update user preferences */
        put: operations["putAuthPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description Ends every session of the account; the answer has the tokens of a new one.
         */
        post: operations["postAuthPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password/reset/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a password by a one-time link
         * @description An operator makes the link (`pnpm admin reset-password`). Ends every session of the account.
         */
        post: operations["postAuthPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List where the account is logged in */
        get: operations["getAuthSessions"];
        put?: never;
        post?: never;
        /** Log out everywhere */
        delete: operations["deleteAuthSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/{session_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a session */
        delete: operations["deleteAuthSessionsBySessionId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all that is kept of the account
         * @description One JSON document; links lead to videos and blueprints, and ask for a login as usual.
         */
        get: operations["getAuthExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/delete-account/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete the account with all that is its own
         * @description Cannot be taken back. What is under way is stopped; videos are removed in the hours after that.
         */
        post: operations["postAuthDeleteAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/songs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List songs */
        get: operations["getChoreographySongs"];
        put?: never;
        /**
         * Bring a song of your own
         * @description Recognised by its content, up to 15 minutes, and seen by nobody else. It is `analysing` until it has been listened to, some seconds later; then `ready` to be danced to, or `failed`. It counts among your own videos: `X-Uploads-Used-Bytes` and `X-Uploads-Quota-Bytes` tell what they take, of how much.
         */
        post: operations["postChoreographySongs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/songs/{song_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a song */
        get: operations["getChoreographySongsBySongId"];
        put?: never;
        post?: never;
        /**
         * Delete a song of your own
         * @description Finished videos stay; practice versions of them can be made no more.
         */
        delete: operations["deleteChoreographySongsBySongId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/songs/{song_id}/waveform/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the waveform of a song, with its counts and parts
         * @description To be drawn under a video; all times in seconds from the start of the song.
         */
        get: operations["getChoreographySongsBySongIdWaveform"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/songs/{song_id}/sample/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Twenty seconds of a song to listen to
         * @description From its first chorus, else of its loudest part. Honours `Range` and the conditions of RFC 9110, by tag and by date.
         */
        get: operations["getChoreographySongsBySongIdSample"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Twenty seconds of a song to listen to
         * @description From its first chorus, else of its loudest part. Honours `Range` and the conditions of RFC 9110, by tag and by date.
         */
        head: operations["headChoreographySongsBySongIdSample"];
        patch?: never;
        trace?: never;
    };
    "/api/choreography/songs/{song_id}/grid/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Say how a song of your own is counted where it was misheard
         * @description Holds for choreographies made from now on. Tempo first, then the shift, then the first eight; what was measured is kept.
         */
        patch: operations["patchChoreographySongsBySongIdGrid"];
        trace?: never;
    };
    "/api/choreography/moves/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the moves of the library */
        get: operations["getChoreographyMoves"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/generate-from-song": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Generate choreography from a song (Path 1) */
        post: operations["postChoreographyGenerateFromSong"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/generate-with-ai": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Generate choreography from a description (Path 2) */
        post: operations["postChoreographyGenerateWithAi"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/parse-query/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Parse natural language query (testing) */
        post: operations["postChoreographyParseQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/tasks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List user's tasks */
        get: operations["getChoreographyTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/tasks/{task_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get task status and progress */
        get: operations["getChoreographyTasksByTaskId"];
        put?: never;
        post?: never;
        /** Cancel a task */
        delete: operations["deleteChoreographyTasksByTaskId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/tasks/{task_id}/blueprint/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the blueprint of one of the caller's own tasks */
        get: operations["getChoreographyTasksByTaskIdBlueprint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/tasks/{task_id}/sheet/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one of the caller's own choreographies as a page to print and practise by */
        get: operations["getChoreographyTasksByTaskIdSheet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/tasks/{task_id}/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow one of the caller's own tasks by server-sent events
         * @description The data of each event is the body of the task itself. The stream ends when the task has; a client that comes back with the id of its last state is told 204, that there is nothing more. A ticket counts until 15 minutes after the task has ended, or after it was given for one that had.
         */
        get: operations["getChoreographyTasksByTaskIdEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/tasks/{task_id}/events/ticket/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a ticket for the events of one of the caller's own tasks
         * @description For `new EventSource(events_url)`, which cannot send a token and reconnects by itself. Good for this task alone, until 15 minutes after it has ended, or from now on where it had, and no longer than the login.
         */
        post: operations["postChoreographyTasksByTaskIdEventsTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/tasks/{task_id}/media/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get addresses of the clips and the song of one of the caller's own tasks
         * @description To play a dance before it is rendered, or a move by itself. Each address is signed for one file and ends after about an hour; whoever has it may read that file until then.
         */
        get: operations["getChoreographyTasksByTaskIdMedia"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/tasks/{task_id}/moves/{index}/alternatives/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the best other moves for a place of a choreography
         * @description The first of them is what the edit `another` would choose. None was refused, and none is harder than the choreography was asked for.
         */
        get: operations["getChoreographyTasksByTaskIdMovesByIndexAlternatives"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/tasks/{task_id}/revise/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate a changed choreography from the blueprint of a task
         * @description With `preview=1` the answer is the document that the edits would make, and what it is played from; no task is made, and it counts against a limit of its own.
         */
        post: operations["postChoreographyTasksByTaskIdRevise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/tasks/{task_id}/render/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Render a video again that is gone
         * @description For a video that has expired: the task is `started` again and makes the same video, at the same address, from its blueprint. A task that is being rendered is answered as it is. Counts as a generation.
         */
        post: operations["postChoreographyTasksByTaskIdRender"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/tasks/{task_id}/versions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a practice version of a finished choreography
         * @description A version is a task of its own, which names its original; the original lists its versions. Where the task has this version already, that one is the answer, and nothing is made.
         */
        post: operations["postChoreographyTasksByTaskIdVersions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/choreography/videos/{task_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The video of one of the caller's own tasks
         * @description Honours `Range` and the conditions of RFC 9110, by tag and by date; where videos lie in a bucket, a redirect to their address there. A file is named so where this service sends it, or the bucket by a signed URL; a CDN sends it without a name.
         */
        get: operations["getChoreographyVideosByTaskId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * The video of one of the caller's own tasks
         * @description Honours `Range` and the conditions of RFC 9110, by tag and by date; where videos lie in a bucket, a redirect to their address there. A file is named so where this service sends it, or the bucket by a signed URL; a CDN sends it without a name.
         */
        head: operations["headChoreographyVideosByTaskId"];
        patch?: never;
        trace?: never;
    };
    "/api/collections/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List user's saved choreographies */
        get: operations["getCollections"];
        put?: never;
        /**
         * Add a video of your own to the collection
         * @description An mp4 video, recognised by its content. Where `duration` is more than a second off, that of the video counts. `X-Uploads-Used-Bytes` and `X-Uploads-Quota-Bytes` tell what the user’s own videos take, of how much.
         */
        post: operations["postCollections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get collection details */
        get: operations["getCollectionsById"];
        /**
         * Change an item of the collection
         * @description What is absent stays as it is. A form may bring another video; the one before is removed some hours later.
         */
        put: operations["putCollectionsById"];
        post?: never;
        /**
         * Delete from collection
         * @description The video of a task stays, one of your own is removed some hours later. Class plans lose the sequences that used the item.
         */
        delete: operations["deleteCollectionsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/save/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Save choreography to collection */
        post: operations["postCollectionsSave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/stats/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get collection statistics */
        get: operations["getCollectionsStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/delete-all/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete all collections
         * @description Videos of tasks stay, those of your own are removed some hours later. Class plans lose the sequences that used the items.
         */
        post: operations["postCollectionsDeleteAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/cleanup/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cleanup old collections
         * @description Removes the items whose video is gone from storage.
         */
        post: operations["postCollectionsCleanup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instructors/class-plans/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List class plans */
        get: operations["getInstructorsClassPlans"];
        put?: never;
        /** Create class plan */
        post: operations["postInstructorsClassPlans"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instructors/class-plans/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get class plan details */
        get: operations["getInstructorsClassPlansById"];
        /** Update class plan */
        put: operations["putInstructorsClassPlansById"];
        post?: never;
        /**
         * Delete class plan
         * @description Its sequences go; the choreographies stay in the collection.
         */
        delete: operations["deleteInstructorsClassPlansById"];
        options?: never;
        head?: never;
        /** Update part of a class plan */
        patch: operations["patchInstructorsClassPlansById"];
        trace?: never;
    };
    "/api/instructors/class-plans/{id}/duplicate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Duplicate class plan */
        post: operations["postInstructorsClassPlansByIdDuplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instructors/class-plans/{id}/add-sequence/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add sequence to plan */
        post: operations["postInstructorsClassPlansByIdAddSequence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instructors/class-plans/{id}/sequences/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add sequence to plan */
        post: operations["postInstructorsClassPlansByIdSequences"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instructors/class-plans/{id}/sequences/{sequence_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a sequence
         * @description What is absent stays as it is.
         */
        put: operations["putInstructorsClassPlansByIdSequencesBySequenceId"];
        post?: never;
        /**
         * Remove a sequence
         * @description Those after it move up.
         */
        delete: operations["deleteInstructorsClassPlansByIdSequencesBySequenceId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instructors/class-plans/{id}/reorder-sequences/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reorder the sequences of a plan */
        post: operations["postInstructorsClassPlansByIdReorderSequences"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instructors/class-plans/{id}/summary/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get plan summary */
        get: operations["getInstructorsClassPlansByIdSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instructors/class-plans/{id}/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the plan as a page to print */
        get: operations["getInstructorsClassPlansByIdExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instructors/stats/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get instructor statistics */
        get: operations["getInstructorsStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media/output/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A finished video, or what belongs to it, by the address in its task
         * @description Honours `Range` and the conditions of RFC 9110, by tag and by date.
         */
        get: operations["getMediaOutputByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * A finished video, or what belongs to it, by the address in its task
         * @description Honours `Range` and the conditions of RFC 9110, by tag and by date.
         */
        head: operations["headMediaOutputByName"];
        patch?: never;
        trace?: never;
    };
    "/media/prepared/clips/{picture}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A sheet of thumbnails of a clip, or its poster
         * @description Honours `Range` and the conditions of RFC 9110, by tag and by date. Its name holds a hash and is the key to it.
         */
        get: operations["getMediaPreparedClipsByPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * A sheet of thumbnails of a clip, or its poster
         * @description Honours `Range` and the conditions of RFC 9110, by tag and by date. Its name holds a hash and is the key to it.
         */
        head: operations["headMediaPreparedClipsByPicture"];
        patch?: never;
        trace?: never;
    };
    "/media/private/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A clip or a song, by a signed address
         * @description Addresses come from a task's `media/`, for its owner; each works for one file, for about an hour. Honours `Range` and the conditions of RFC 9110, by tag and by date.
         */
        get: operations["getMediaPrivateByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * A clip or a song, by a signed address
         * @description Addresses come from a task's `media/`, for its owner; each works for one file, for about an hour. Honours `Range` and the conditions of RFC 9110, by tag and by date.
         */
        head: operations["headMediaPrivateByName"];
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process lives */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the service can work */
        get: operations["getReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schema/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document: OpenAPI 3.1 as YAML, or as JSON by `Accept` */
        get: operations["getSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** User */
        User: {
            /** @example 1 */
            id: number;
            /** @example ana */
            username: string;
            /** @example ana@example.com */
            email: string;
            /** @example Ana */
            display_name: string;
            is_instructor: boolean;
            preferences: {
                [key: string]: unknown;
            };
        };
        /**
         * FieldErrors
         * @description Texts by field, or one text under `error` or `detail`
         */
        FieldErrors: {
            [key: string]: string | string[] | {
                [key: string]: unknown;
            };
        };
        /**
         * Problem
         * @description What is wrong, for people
         */
        Problem: {
            detail: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * BrokenRule
         * @description The rule that was broken
         */
        BrokenRule: {
            error: string;
        };
        /** Preferences */
        Preferences: {
            /** @description Finished choreographies go into the collection */
            auto_save_choreographies: boolean;
            /**
             * @description For sentences that name none
             * @example intermediate
             * @enum {unknown}
             */
            default_difficulty: "beginner" | "intermediate" | "advanced";
            email_notifications: boolean;
            /**
             * @description Moves that no choreography is to have, whatever is asked for
             * @example [
             *       "dip",
             *       "lift"
             *     ]
             */
            refused_moves?: string[];
        };
        /** Session */
        Session: {
            /** Format: uuid */
            id: string;
            user_agent: string | null;
            /** @description Whether this request belongs to it */
            is_current: boolean;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            last_used_at: string;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            expires_at: string;
        };
        /** TaskResult */
        TaskResult: {
            /** @example /media/output/choreography_abc-123-def-456.mp4 */
            video_url: string;
            /**
             * @description Seconds
             * @example 227.18
             */
            duration: number;
            /**
             * @description Bytes
             * @example 36992903
             */
            file_size: number;
            /** @example 29 */
            num_moves: number;
            /** @example intermediate */
            difficulty: string;
            /**
             * @description Captions (WebVTT): the counts of each move, its name and the next one
             * @example /media/output/choreography_abc-123-def-456.vtt
             */
            captions_url?: string;
            /**
             * @description Chapters (WebVTT): parts of the song, and the moves inside them
             * @example /media/output/choreography_abc-123-def-456.chapters.vtt
             */
            chapters_url?: string;
            /**
             * @description Thumbnails (WebVTT) for a seek bar: rectangles (`#xywh`) of pictures at addresses relative to it
             * @example /media/output/choreography_abc-123-def-456.thumbnails.vtt
             */
            thumbnails_url?: string;
            /**
             * @description A picture to show before the video plays (JPEG)
             * @example /media/output/choreography_abc-123-def-456.jpg
             */
            poster_url?: string;
        } & {
            [key: string]: unknown;
        };
        /** Song */
        Song: {
            /** @example 1 */
            id: number;
            /** @example Bachata Rosa */
            title: string;
            /** @example Juan Luis Guerra */
            artist: string;
            /**
             * @description Seconds
             * @example 252.4
             */
            duration: number;
            bpm: number | null;
            genre: string | null;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            created_at: string;
            /**
             * @description Only of the caller's own song, which nobody else sees
             * @example true
             */
            is_own?: boolean;
            /**
             * @description Of an own song: `analysing` while it is listened to; then it can be danced to, or not
             * @example ready
             * @enum {unknown}
             */
            status?: "analysing" | "ready" | "failed";
            /**
             * @description Of an own song that failed: why nobody can dance to it
             * @example No beat could be found in it: it is silent, or too short.
             */
            failure?: string;
        };
        /** ExportedTask */
        ExportedTask: {
            /** Format: uuid */
            task_id: string;
            /**
             * @example running
             * @enum {unknown}
             */
            status: "pending" | "started" | "running" | "completed" | "failed";
            /** @example 45 */
            progress: number;
            /**
             * @description generating_blueprint, submitting_job, video_assembly, uploading_result or completed
             * @example video_assembly
             */
            stage: string;
            /** @example Assembling video clips... */
            message: string;
            result?: components["schemas"]["TaskResult"];
            /**
             * @description Only where the task failed
             * @example FFmpeg error: Invalid video codec
             */
            error?: string;
            /** @description Only where the task failed, and `true`: it had a video before, which can be rendered again (POST `render/`) */
            had_video?: boolean;
            song: components["schemas"]["Song"] | null;
            difficulty: string | null;
            style: string | null;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            updated_at: string;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            completed_at?: string;
            /**
             * Format: uuid
             * @description Of a revision: the task from whose blueprint it was made, as long as that is there
             */
            revision_of?: string;
            /**
             * Format: uuid
             * @description Of a practice version: the task it is one of
             */
            version_of?: string;
            /**
             * Format: uuid
             * @deprecated
             * @description The same as `version_of`
             */
            original_task_id?: string;
            version?: {
                /** @example slow */
                kind: string;
                /**
                 * @description Only of slow
                 * @example 0.75
                 */
                speed?: number;
            };
            /** @description Its practice versions, where there are any */
            versions?: {
                /** Format: uuid */
                task_id: string;
                /** @example slow */
                kind: string;
                /**
                 * @description Only of slow
                 * @example 0.75
                 */
                speed?: number;
                /** @example completed */
                status: string;
            }[];
        };
        /** CollectionItem */
        CollectionItem: {
            /** Format: uuid */
            id: string;
            /** @example Suegra - Intermediate */
            title: string;
            video_path: string | null;
            /** @example intermediate */
            difficulty: string;
            /**
             * @description Seconds
             * @example 227.18
             */
            duration: number;
            /** @example Slow at the end */
            notes: string;
            /** @example Suegra */
            song_title: string;
            music_info: {
                [key: string]: unknown;
            } | null;
            generation_parameters: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            created_at: string;
            task_id: string | null;
            /**
             * @description A picture to show before the video plays (JPEG), where there is one
             * @example /media/output/choreography_abc-123-def-456.jpg
             */
            poster_url?: string;
        };
        /** ClassPlanSequence */
        ClassPlanSequence: {
            /** Format: uuid */
            id: string;
            /** @description From 0, without holes */
            sequence_order: number;
            choreography: components["schemas"]["CollectionItem"];
            /** @example Start with this sequence */
            notes: string;
            estimated_time: number | null;
        };
        /** ClassPlanDetail */
        ClassPlanDetail: {
            /** Format: uuid */
            id: string;
            /** @example Beginner Workshop */
            title: string;
            /** @example Introduction to bachata basics */
            description: string;
            /** @example beginner */
            difficulty_level: string;
            estimated_duration: number | null;
            /** @example Bring water */
            instructor_notes: string;
            /** @example 1 */
            sequence_count: number;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            updated_at: string;
            sequences: components["schemas"]["ClassPlanSequence"][];
        };
        /**
         * SongAnalysis
         * @description What was heard in the song; absent where nobody has listened to it yet
         */
        SongAnalysis: {
            /**
             * @description Beats a minute; 0 where no beat was found
             * @example 130.02
             */
            tempo_bpm: number;
            /** @enum {unknown} */
            time_signature: "4/4" | "3/4" | "6/8";
            /** @description Whether somebody has said how the song is counted */
            is_corrected: boolean;
            /**
             * @description Seconds at which dancers count "1" of eight
             * @example [
             *       1.2,
             *       4.9
             *     ]
             */
            eights: number[];
            confidence: {
                /**
                 * @description How sure the tempo is
                 * @example 0.9
                 */
                tempo: number;
                /**
                 * @description How sure the beat is
                 * @example 0.9
                 */
                beat: number;
                /**
                 * @description How sure the "1" of four is
                 * @example 0.9
                 */
                downbeat: number;
                /**
                 * @description How sure the "1" of eight is
                 * @example 0.9
                 */
                eight: number;
            };
        };
        /** SongDetail */
        SongDetail: {
            /** @example 1 */
            id: number;
            /** @example Bachata Rosa */
            title: string;
            /** @example Juan Luis Guerra */
            artist: string;
            /**
             * @description Seconds
             * @example 252.4
             */
            duration: number;
            bpm: number | null;
            genre: string | null;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            created_at: string;
            /**
             * @description Only of the caller's own song, which nobody else sees
             * @example true
             */
            is_own?: boolean;
            /**
             * @description Of an own song: `analysing` while it is listened to; then it can be danced to, or not
             * @example ready
             * @enum {unknown}
             */
            status?: "analysing" | "ready" | "failed";
            /**
             * @description Of an own song that failed: why nobody can dance to it
             * @example No beat could be found in it: it is silent, or too short.
             */
            failure?: string;
            /**
             * @description Storage key
             * @example songs/bachata_rosa.mp3
             */
            audio_path: string;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            updated_at: string;
            analysis?: components["schemas"]["SongAnalysis"];
        };
        /**
         * AccountExport
         * @description All that the service keeps of an account
         */
        AccountExport: {
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            exported_at: string;
            user: components["schemas"]["User"];
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            joined_at: string;
            last_login_at: string | null;
            preferences: components["schemas"]["Preferences"];
            sessions: components["schemas"]["Session"][];
            tasks: {
                task: components["schemas"]["ExportedTask"];
                query: string | null;
                energy_level: string | null;
                seed: number | null;
                links: {
                    /**
                     * Format: uri
                     * @example https://api.example.com/api/choreography/tasks/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a/
                     */
                    task: string;
                    /**
                     * Format: uri
                     * @example https://api.example.com/api/choreography/tasks/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a/blueprint/
                     */
                    blueprint: string;
                    /**
                     * Format: uri
                     * @example https://api.example.com/api/choreography/videos/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a/?download=1
                     */
                    video: string;
                };
            }[];
            collection: components["schemas"]["CollectionItem"][];
            class_plans: components["schemas"]["ClassPlanDetail"][];
            /** @description The caller's own */
            songs: components["schemas"]["SongDetail"][];
        };
        /** Waveform */
        Waveform: {
            /** @example 1 */
            song_id: number;
            /** @example 252.4 */
            duration_sec: number;
            /**
             * @description Beats a minute; 0 where no beat was found
             * @example 130.02
             */
            tempo_bpm: number;
            /** @example 20 */
            peaks_per_sec: number;
            /**
             * @description How loud it is, evenly over the song; 1 is its loudest
             * @example [
             *       0,
             *       0.08,
             *       0.52,
             *       0.49
             *     ]
             */
            peaks: number[];
            /**
             * @description Seconds of each count
             * @example [
             *       1.2,
             *       1.66,
             *       2.13
             *     ]
             */
            beats_sec: number[];
            /**
             * @description Seconds of each "1" of four
             * @example [
             *       1.2,
             *       3.05
             *     ]
             */
            downbeats_sec: number[];
            /**
             * @description Seconds of each "1" of eight
             * @example [
             *       1.2,
             *       4.9
             *     ]
             */
            eights_sec: number[];
            /** @description Parts of the song, one after the other */
            sections: {
                /** @enum {unknown} */
                kind: "intro" | "verse" | "chorus" | "mambo" | "break" | "outro";
                /** @example 1.2 */
                start_sec: number;
                /** @example 16 */
                end_sec: number;
                /**
                 * @description How sure what the part is called is
                 * @example 0.9
                 */
                confidence: number;
            }[];
        };
        /** Move */
        Move: {
            /**
             * @description What revisions name a move by
             * @example double_cross_body_lead
             */
            id: string;
            /** @example Cross body lead */
            name: string;
            /**
             * @description Family, such as body_wave
             * @example cross_body_lead
             */
            label: string;
            /** @enum {unknown} */
            difficulty: "beginner" | "intermediate" | "advanced";
            /** @enum {unknown} */
            energy_level: "low" | "medium" | "high";
            /** @enum {unknown} */
            style: "romantic" | "energetic" | "sensual" | "playful" | "modern";
            /**
             * @description Length of the clip's file in seconds
             * @example 9.2
             */
            duration: number;
            /**
             * @description Whole counts of dance in the clip
             * @example 16
             */
            counts: number;
            /**
             * @description The clip's own tempo, beats per minute
             * @example 129
             */
            tempo: number;
        };
        /**
         * Wishes
         * @example {
         *       "moves": [
         *         {
         *           "move": "turn",
         *           "times": 3,
         *           "exactly": true
         *         }
         *       ],
         *       "refused": [
         *         "dip"
         *       ],
         *       "length_sec": 60
         *     }
         */
        Wishes: {
            /** @description Wanted moves */
            moves?: {
                /**
                 * @description A family, in English or Spanish, or the name or the id of a move of the library
                 * @example turn
                 */
                move: string;
                /** @enum {unknown} */
                direction?: "left" | "right" | "inside" | "outside";
                /**
                 * @description Where in the dance; absent: anywhere
                 * @enum {unknown}
                 */
                place?: "opening" | "ending";
                /** @description At least so often; absent: once */
                times?: number;
                /** @description And no oftener */
                exactly?: boolean;
                /** @description No oftener than that; without `times` and `many` it need not come */
                most?: number;
                /** @description Again and again */
                many?: boolean;
                /** @description Behind those before it in the list of which the same is said */
                in_order?: boolean;
            }[];
            /** @description Moves that must not come */
            refused?: string[];
            /** @description Nothing but these, and the wanted ones */
            only?: string[];
            /**
             * @description The part of the song to dance to; absent: all of it
             * @enum {unknown}
             */
            part?: "intro" | "verse" | "chorus" | "mambo" | "break" | "outro";
            /**
             * @description Which of these parts, from 1; -1: the last
             * @enum {integer}
             */
            part_number?: -1 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20;
            /** @description About so long: the dance ends on a phrase, and the song is faded out */
            length_sec?: number;
            /** @description So many eights */
            eights?: number;
            /** @description The song's beats a minute */
            tempo_bpm?: number;
        };
        /** StartedGeneration */
        StartedGeneration: {
            /** Format: uuid */
            task_id: string;
            song: {
                /** @example 1 */
                id: number;
                /** @example Bachata Rosa */
                title: string;
                /** @example Juan Luis Guerra */
                artist: string;
            };
            /** @example started */
            status: string;
            /** @example Choreography generation started */
            message: string;
            /** @example /api/choreography/tasks/abc-123-def-456 */
            poll_url: string;
            /**
             * @description What the dance does not meet of what was asked for. Absent where all is met.
             * @example [
             *       {
             *         "wish": "finish with dip",
             *         "reason": "the library has no such move"
             *       }
             *     ]
             */
            open_wishes?: {
                wish: string;
                reason: string;
            }[];
        };
        /** TaskListItem */
        TaskListItem: {
            /** Format: uuid */
            task_id: string;
            /**
             * @example running
             * @enum {unknown}
             */
            status: "pending" | "started" | "running" | "completed" | "failed";
            /** @example 45 */
            progress: number;
            /**
             * @description generating_blueprint, submitting_job, video_assembly, uploading_result or completed
             * @example video_assembly
             */
            stage: string;
            /** @example Assembling video clips... */
            message: string;
            song: components["schemas"]["Song"] | null;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            updated_at: string;
            /**
             * @description A picture of its video (JPEG), where there is one; with `details` it is in `result`
             * @example /media/output/choreography_abc-123-def-456.jpg
             */
            poster_url?: string;
            result?: components["schemas"]["TaskResult"];
            /**
             * @description Only where the task failed
             * @example FFmpeg error: Invalid video codec
             */
            error?: string;
            /** @description Only where the task failed, and `true`: it had a video before, which can be rendered again (POST `render/`) */
            had_video?: boolean;
            difficulty?: string | null;
            style?: string | null;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            completed_at?: string;
            /**
             * Format: uuid
             * @description Of a revision: the task from whose blueprint it was made, as long as that is there
             */
            revision_of?: string;
            /**
             * Format: uuid
             * @description Of a practice version: the task it is one of
             */
            version_of?: string;
            version?: {
                /** @example slow */
                kind: string;
                /**
                 * @description Only of slow
                 * @example 0.75
                 */
                speed?: number;
            };
        };
        /** Task */
        Task: {
            /** Format: uuid */
            task_id: string;
            /**
             * @example running
             * @enum {unknown}
             */
            status: "pending" | "started" | "running" | "completed" | "failed";
            /** @example 45 */
            progress: number;
            /**
             * @description generating_blueprint, submitting_job, video_assembly, uploading_result or completed
             * @example video_assembly
             */
            stage: string;
            /** @example Assembling video clips... */
            message: string;
            result?: components["schemas"]["TaskResult"];
            /**
             * @description Only where the task failed
             * @example FFmpeg error: Invalid video codec
             */
            error?: string;
            /** @description Only where the task failed, and `true`: it had a video before, which can be rendered again (POST `render/`) */
            had_video?: boolean;
            song: components["schemas"]["Song"] | null;
            difficulty: string | null;
            style: string | null;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            updated_at: string;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            completed_at?: string;
            /**
             * Format: uuid
             * @description Of a revision: the task from whose blueprint it was made, as long as that is there
             */
            revision_of?: string;
            /**
             * Format: uuid
             * @description Of a practice version: the task it is one of
             */
            version_of?: string;
            /**
             * Format: uuid
             * @deprecated
             * @description The same as `version_of`
             */
            original_task_id?: string;
            version?: {
                /** @example slow */
                kind: string;
                /**
                 * @description Only of slow
                 * @example 0.75
                 */
                speed?: number;
            };
            /** @description Its practice versions, where there are any */
            versions?: {
                /** Format: uuid */
                task_id: string;
                /** @example slow */
                kind: string;
                /**
                 * @description Only of slow
                 * @example 0.75
                 */
                speed?: number;
                /** @example completed */
                status: string;
            }[];
        };
        /**
         * Blueprint
         * @description The blueprint as it is stored, in its canonical form (RFC 8785); its SHA-256 is the ETag
         */
        Blueprint: {
            /** @description Id of the task this blueprint belongs to, a UUID as a rule. */
            task_id: string;
            /** @description Storage key of the song's audio file. */
            audio_path: string;
            /** @description The moves, in the order of the video. */
            moves: ({
                /** @description Name of the move within this blueprint: move_1, move_2, ... */
                clip_id: string;
                /** @description Storage key of the clip's video. */
                video_path: string;
                /** @description Where the move begins in the video; where that is in the song, output_config.song_start and song_speed tell. */
                start_time: number;
                /** @description How long the move lasts in the video. */
                duration: number;
                /**
                 * @description How the move is entered: cut (plain join), crossfade (both moves mixed), fade_black or fade_white (out to the colour, then in from it).
                 * @default crossfade
                 * @enum {unknown}
                 */
                transition_type?: "cut" | "crossfade" | "fade_black" | "fade_white";
                /** @description Length of the clip's file. */
                original_duration?: number;
                /**
                 * @description Where in the clip's file the move begins.
                 * @default 0
                 */
                trim_start?: number;
                /**
                 * @description How much of the end of the clip's file is not part of the move.
                 * @default 0
                 */
                trim_end?: number;
                /**
                 * @description Seconds of clip shown per second of video; above 1 is faster than filmed. Since 1.1.
                 * @default 1
                 */
                playback_rate?: number;
                /**
                 * @description Loudness of the song while this move runs: 0 is silent, 1 unchanged.
                 * @default 1
                 */
                volume_adjustment?: number;
                /** @description Id of the move in the catalogue. Since 1.1; not used for rendering. */
                move_id?: string;
                /** @description Name for people, such as "Cross body lead". Since 1.1. */
                move_name?: string;
                /** @description Family of the move in snake_case, such as body_wave. Since 1.1. */
                move_label?: string;
                /** @description Whole counts danced, eight to a basic step. Since 1.1. */
                counts?: number;
                /**
                 * @description Counts at the beginning of the move that are not among counts: it is mixed in over them, in front of its first "1". Since 1.2.
                 * @default 0
                 */
                lead_in_counts?: number;
                /** @description Part of the song the move stands in: intro, verse, chorus, ... Since 1.1. */
                section?: string;
                /** @description Why the move stands here, for people. Since 1.1. */
                reason?: string;
                /** @description Where the move stands and why, in a teacher's words. Since 1.2; for people, not for rendering, and absent where somebody put the move by hand. */
                explanation?: {
                    /** @description Part of the song, numbered where it comes again. */
                    section: string;
                    /** @description Phrase of 32 counts within the part, from 1. */
                    phrase: number;
                    /** @description Eight within the phrase, from 1. */
                    eight: number;
                    /** @description Why the move stands here. */
                    why: string;
                    /** @description How it follows the move before. */
                    join: string;
                    /** @description What was given up for it; absent where nothing was. */
                    compromise?: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            })[];
            /** @description Length of the video. */
            total_duration: number;
            /** @description How and where the video is written. */
            output_config: {
                /** @description Storage key of the video to write. */
                output_path: string;
                /**
                 * @description Container of the video.
                 * @default mp4
                 * @enum {unknown}
                 */
                output_format?: "mp4";
                /**
                 * @description Encoder of the picture. Both values mean H.264.
                 * @default libx264
                 * @enum {unknown}
                 */
                video_codec?: "libx264" | "h264";
                /**
                 * @description Encoder of the sound.
                 * @default aac
                 * @enum {unknown}
                 */
                audio_codec?: "aac";
                /** @description Target bitrate of the picture, 100k to 100M. */
                video_bitrate?: string;
                /**
                 * @description Target bitrate of the sound, 16k to 512k.
                 * @default 128k
                 */
                audio_bitrate?: string;
                /**
                 * @description Frame rate of the video, from 1 to 120.
                 * @default 30
                 */
                frame_rate?: number;
                /**
                 * @description Whether every picture is shown equally long. Since 1.2.
                 * @default false
                 */
                constant_frame_rate?: boolean;
                /**
                 * @description Length of a crossfade, both halves together.
                 * @default 0.5
                 */
                transition_duration?: number;
                /**
                 * @description Length of a fade out to a colour, and again of the fade in from it.
                 * @default 0.3
                 */
                fade_duration?: number;
                /**
                 * @description Whether the song is laid under the video; without it the video has no sound.
                 * @default true
                 */
                add_audio_overlay?: boolean;
                /**
                 * @description Whether the song is brought to a common loudness.
                 * @default true
                 */
                normalize_audio?: boolean;
                /**
                 * @description Where in the song the video begins. Since 1.2.
                 * @default 0
                 */
                song_start?: number;
                /**
                 * @description Over how long the song is faded out, up to the end of the video. Since 1.2.
                 * @default 0
                 */
                song_fade_out?: number;
                /**
                 * @description How fast the song is played, its pitch kept. Since 1.2.
                 * @default 1
                 */
                song_speed?: number;
                /**
                 * @description Whether left and right are exchanged, as in a mirror. Since 1.2.
                 * @default false
                 */
                mirrored?: boolean;
                /**
                 * @description Whether the picture shows the counts, 1 to 8. Since 1.2.
                 * @default false
                 */
                show_counts?: boolean;
            } & {
                [key: string]: unknown;
            };
            /** @description Version of this schema the document was written for. Absent means 1.0. */
            schema_version?: string;
            /** @description Tempo of the song, for people. */
            audio_tempo?: number;
            /**
             * @description Difficulty that was asked for.
             * @enum {unknown}
             */
            difficulty_level?: "beginner" | "intermediate" | "advanced";
            /** @description When the document was made: ISO 8601, UTC, with Z. */
            generation_timestamp?: string;
            /** @description What was asked for, any fields: energy_level, style, user_id; for a sentence also ai_mode and original_query; special_requirements and wishes as they were understood, where there are any. Not used for rendering. */
            generation_parameters?: {
                [key: string]: unknown;
            };
            /** @description The song, for people. Since 1.1; the sound comes from audio_path. */
            song?: {
                /** @description Id of the song in the catalogue. */
                id: number;
                /** @description Title of the song. */
                title: string;
                /** @description Artist of the song. */
                artist: string;
            } & {
                [key: string]: unknown;
            };
            /** @description What the dance does not meet of what was asked for; absent where all is met, and of a revision, which is not judged. Since 1.2; for people, not for rendering. */
            open_wishes?: ({
                /** @description As people say it: "finish with dip". */
                wish: string;
                /** @description Why not: "the library has no such move". */
                reason: string;
            } & {
                [key: string]: unknown;
            })[];
            /** @description Seed of the variation. Since 1.1. */
            seed?: number;
            /** @description Times at which dancers count "1" of eight, rising. Since 1.2; for captions and checks, not for rendering. */
            eights?: number[];
            /** @description How sure the song's counts are, for people. Since 1.2. */
            rhythm_confidence?: {
                /** @description How sure the tempo is, 0 to 1. */
                tempo: number;
                /** @description How sure the beat is, 0 to 1. */
                beat: number;
                /** @description How sure the "1" of four is, 0 to 1. */
                downbeat: number;
                /** @description How sure the "1" of eight is, 0 to 1. */
                eight: number;
            } & {
                [key: string]: unknown;
            };
            /** @description Times of the song's beats, rising. Since 1.1; for captions and checks, not for rendering. */
            beats?: number[];
        } & {
            [key: string]: unknown;
        };
        /** TaskMedia */
        TaskMedia: {
            /**
             * @description The sound of the song as videos carry it, else the song as it was brought in
             * @example /media/private/prepared/songs/8c1f2e3d4b5a69788796a5b4c3d2e1f0.m4a?expires=1762693200&signature=m0dDq3cX2n5aQO7mYtq3lqQ0q0kJm3o2a5Qy2T1yXhU
             */
            song_url: string;
            /**
             * @description A clip for each move of the blueprint, in their order
             * @example [
             *       "/media/private/prepared/clips/0f8a7d6c5b4a39281706f5e4d3c2b1a0.mp4?expires=1762693200&signature=m0dDq3cX2n5aQO7mYtq3lqQ0q0kJm3o2a5Qy2T1yXhU"
             *     ]
             */
            clip_urls: string[];
            /**
             * Format: date-time
             * @description Until when all of them work
             * @example 2025-11-09T12:34:56Z
             */
            expires_at: string;
        };
        /** MoveAlternative */
        MoveAlternative: {
            /**
             * @description What the edit `replace` names it by
             * @example double_cross_body_lead
             */
            move_id: string;
            /** @example Cross body lead */
            name: string;
            /** @example cross_body_lead */
            family: string;
            /** @enum {unknown} */
            difficulty: "beginner" | "intermediate" | "advanced";
            /** @enum {unknown} */
            energy: "low" | "medium" | "high";
            /** @enum {unknown} */
            style: "romantic" | "energetic" | "sensual" | "playful" | "modern";
            /**
             * @description Whole counts of dance in the clip
             * @example 16
             */
            counts: number;
            /**
             * @description Why it suits the place
             * @example the music is lively here, and so is the move; it is sensual
             */
            reason: string;
            /**
             * @description How it would follow the move before
             * @example follows on the "1", out of much the same poses as Side basic
             */
            join: string;
            /**
             * @description What would be given up for it
             * @example it is modern, not sensual
             */
            compromise?: string;
            /**
             * @description Its clip, by an address that is signed as those of `media/`
             * @example /media/private/prepared/clips/0f8a7d6c5b4a39281706f5e4d3c2b1a0.mp4?expires=1762693200&signature=m0dDq3cX2n5aQO7mYtq3lqQ0q0kJm3o2a5Qy2T1yXhU
             */
            clip_url: string;
        };
        /** MoveAlternatives */
        MoveAlternatives: {
            /** @example 2 */
            index: number;
            /**
             * @description What is danced there
             * @example ladyturn_1
             */
            move_id: string;
            /** @description Three at most, the best first; empty where nothing else fits */
            alternatives: components["schemas"]["MoveAlternative"][];
            /**
             * Format: date-time
             * @description Until when the addresses work
             * @example 2025-11-09T12:34:56Z
             */
            expires_at: string;
        };
        /**
         * RevisionPreview
         * @description The document that the edits would make, not kept anywhere
         */
        RevisionPreview: {
            blueprint: components["schemas"]["Blueprint"];
            media: components["schemas"]["TaskMedia"];
        };
        /** ClassPlan */
        ClassPlan: {
            /** Format: uuid */
            id: string;
            /** @example Beginner Workshop */
            title: string;
            /** @example Introduction to bachata basics */
            description: string;
            /** @example beginner */
            difficulty_level: string;
            estimated_duration: number | null;
            /** @example Bring water */
            instructor_notes: string;
            /** @example 1 */
            sequence_count: number;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2025-11-09T12:34:56Z
             */
            updated_at: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Why, in a word that stays what it is (docs/errors.md). `ALL_MOVES_REFUSED`: What the sentence refuses leaves no move to dance. `BODY_INVALID`: The body cannot be read as what it says it is. `FIELDS_INVALID`: Fields of the request are missing or invalid; the body names them. `IDEMPOTENCY_KEY_INVALID`: The Idempotency-Key is not a key. `LOGIN_LINK_INVALID`: The link to log in has been used or has expired. `NOT_REVISABLE`: There is no blueprint of this task that could be changed. `ORDER_INVALID`: The list does not name every sequence of the plan once. `PARAMETER_INVALID`: A parameter of the query is invalid. `PLAN_FULL`: The class plan has as many sequences as it may. `QUERY_NOT_UNDERSTOOD`: Nothing of dance was found in the sentence. `REQUEST_INVALID`: The request is not valid HTTP, or refused for another reason. `RESET_LINK_INVALID`: The link to set a password has been used or has expired. `TASK_ENDED`: The task has ended and cannot be cancelled any more. `TASK_UNFINISHED`: The choreography is not finished. `UPLOAD_CUT_OFF`: The caller left in the middle of an upload. `VERSION_IMPOSSIBLE`: No practice version can be made of this task. `VIDEO_NEVER_THERE`: The task has never had a video. `VIDEO_STILL_THERE`: The video of the task is there: nothing needs to be rendered. */
        ErrorCode400: "ALL_MOVES_REFUSED" | "BODY_INVALID" | "FIELDS_INVALID" | "IDEMPOTENCY_KEY_INVALID" | "LOGIN_LINK_INVALID" | "NOT_REVISABLE" | "ORDER_INVALID" | "PARAMETER_INVALID" | "PLAN_FULL" | "QUERY_NOT_UNDERSTOOD" | "REQUEST_INVALID" | "RESET_LINK_INVALID" | "TASK_ENDED" | "TASK_UNFINISHED" | "UPLOAD_CUT_OFF" | "VERSION_IMPOSSIBLE" | "VIDEO_NEVER_THERE" | "VIDEO_STILL_THERE";
        /** @description Why, in a word that stays what it is (docs/errors.md). `ACCOUNT_DISABLED`: The account is disabled. `LOGIN_INVALID`: There is no such name with this password. `TOKEN_INVALID`: The token is invalid, expired or revoked. `UNAUTHENTICATED`: The request has no login. */
        ErrorCode401: "ACCOUNT_DISABLED" | "LOGIN_INVALID" | "TOKEN_INVALID" | "UNAUTHENTICATED";
        /** @description Why, in a word that stays what it is (docs/errors.md). `FORBIDDEN`: This is not for the caller. `REGISTRATION_CLOSED`: Nobody may register here. */
        ErrorCode403: "FORBIDDEN" | "REGISTRATION_CLOSED";
        /** @description Why, in a word that stays what it is (docs/errors.md). `NOT_FOUND`: There is nothing at this address. `PAGE_NOT_FOUND`: The list has no such page. `VIDEO_NOT_READY`: The task has no video yet. */
        ErrorCode404: "NOT_FOUND" | "PAGE_NOT_FOUND" | "VIDEO_NOT_READY";
        /** @description Why, in a word that stays what it is (docs/errors.md). `METHOD_NOT_ALLOWED`: The address knows other methods; `Allow` names them. */
        ErrorCode405: "METHOD_NOT_ALLOWED";
        /** @description Why, in a word that stays what it is (docs/errors.md). `REQUEST_TIMEOUT`: The request took too long to arrive. */
        ErrorCode408: "REQUEST_TIMEOUT";
        /** @description Why, in a word that stays what it is (docs/errors.md). `ALREADY_SAVED`: The choreography is in the collection already. `REQUEST_IN_FLIGHT`: The first request with this key is being worked on. `SONG_NEEDED`: Something that is kept, or under way, needs the song. `SONG_UNHEARD`: Nobody has listened to the song yet. `TASK_CANCELLED`: The task was cancelled meanwhile. `VERSION_REPLACED`: Another task has taken the place of this practice version. */
        ErrorCode409: "ALREADY_SAVED" | "REQUEST_IN_FLIGHT" | "SONG_NEEDED" | "SONG_UNHEARD" | "TASK_CANCELLED" | "VERSION_REPLACED";
        /** @description Why, in a word that stays what it is (docs/errors.md). `PRECONDITION_FAILED`: The file is not the version that the condition of the request names. */
        ErrorCode412: "PRECONDITION_FAILED";
        /** @description Why, in a word that stays what it is (docs/errors.md). `BODY_TOO_LARGE`: The body is too large. `UPLOAD_QUOTA`: The videos and songs of the caller take all the room that they may. */
        ErrorCode413: "BODY_TOO_LARGE" | "UPLOAD_QUOTA";
        /** @description Why, in a word that stays what it is (docs/errors.md). `MEDIA_TYPE_UNSUPPORTED`: Bodies of this kind, or so compressed, are not read. */
        ErrorCode415: "MEDIA_TYPE_UNSUPPORTED";
        /** @description Why, in a word that stays what it is (docs/errors.md). `RANGE_UNSATISFIABLE`: The range is outside the file. */
        ErrorCode416: "RANGE_UNSATISFIABLE";
        /** @description Why, in a word that stays what it is (docs/errors.md). `EXPECTATION_FAILED`: What the request expects is not known here. */
        ErrorCode417: "EXPECTATION_FAILED";
        /** @description Why, in a word that stays what it is (docs/errors.md). `IDEMPOTENCY_KEY_REUSED`: The Idempotency-Key was used with another body. */
        ErrorCode422: "IDEMPOTENCY_KEY_REUSED";
        /** @description Why, in a word that stays what it is (docs/errors.md). `THROTTLED`: A limit of requests is reached. `TOO_MANY_STREAMS`: The caller has too many event streams open. `TOO_MANY_TASKS`: Too many tasks of the caller are under way. */
        ErrorCode429: "THROTTLED" | "TOO_MANY_STREAMS" | "TOO_MANY_TASKS";
        /** @description Why, in a word that stays what it is (docs/errors.md). `HEADERS_TOO_LARGE`: The headers are too large. */
        ErrorCode431: "HEADERS_TOO_LARGE";
        /** @description Why, in a word that stays what it is (docs/errors.md). `GENERATION_FAILED`: The choreography could not be made; its task says why. `INTERNAL_ERROR`: A fault of the service; the log says which. */
        ErrorCode500: "GENERATION_FAILED" | "INTERNAL_ERROR";
        /** @description Why, in a word that stays what it is (docs/errors.md). `NOT_READY`: The service is not ready: what it stands on is missing. `SERVICE_BUSY`: The service has too much to do just now. `SERVICE_UNAVAILABLE`: What the service stands on cannot be reached. `UPLOAD_DISK_FULL`: The disk that takes videos in is full. `UPLOAD_ROOM_TAKEN`: Other videos are being taken in just now. */
        ErrorCode503: "NOT_READY" | "SERVICE_BUSY" | "SERVICE_UNAVAILABLE" | "UPLOAD_DISK_FULL" | "UPLOAD_ROOM_TAKEN";
        /**
         * @description Name, quota and window in seconds
         * @example "generation";q=10;w=3600
         */
        "RateLimit-Policy": string;
        /**
         * @description What remains, and the seconds until there is more
         * @example "generation";r=9;t=3600
         */
        RateLimit: string;
        /**
         * @description The quota
         * @example 10
         */
        "RateLimit-Limit": string;
        /**
         * @description What remains of it
         * @example 9
         */
        "RateLimit-Remaining": string;
        /**
         * @description Seconds until there is more
         * @example 3600
         */
        "RateLimit-Reset": string;
        /**
         * @description Seconds to wait
         * @example 3600
         */
        "Retry-After": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    postAuthRegister: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "ana",
                 *       "email": "ana@example.com",
                 *       "password": "una-noche-larga",
                 *       "password2": "una-noche-larga",
                 *       "display_name": "Ana"
                 *     }
                 */
                "application/json": {
                    /** @example ana */
                    username: string;
                    /**
                     * Format: email
                     * @example ana@example.com
                     */
                    email?: string;
                    /** @example una-noche-larga */
                    password: string;
                    /**
                     * @description The password again
                     * @example una-noche-larga
                     */
                    password2: string;
                    /** @example Ana */
                    display_name?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 1,
                     *         "username": "ana",
                     *         "email": "ana@example.com",
                     *         "display_name": "Ana",
                     *         "is_instructor": false,
                     *         "preferences": {}
                     *       },
                     *       "access": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl",
                     *       "refresh": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl"
                     *     }
                     */
                    "application/json": {
                        user: components["schemas"]["User"];
                        /**
                         * @description For the Authorization header; 60 minutes
                         * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl
                         */
                        access: string;
                        /**
                         * @description For new access tokens; 7 days
                         * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl
                         */
                        refresh: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Registration is closed."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 3600 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAuthLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "ana",
                 *       "password": "una-noche-larga"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description In any case, where no other name differs from it in that alone
                     * @example ana
                     */
                    username: string;
                    /** @example una-noche-larga */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 1,
                     *         "username": "ana",
                     *         "email": "ana@example.com",
                     *         "display_name": "Ana",
                     *         "is_instructor": false,
                     *         "preferences": {}
                     *       },
                     *       "access": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl",
                     *       "refresh": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl"
                     *     }
                     */
                    "application/json": {
                        user: components["schemas"]["User"];
                        /**
                         * @description For the Authorization header; 60 minutes
                         * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl
                         */
                        access: string;
                        /**
                         * @description For new access tokens; 7 days
                         * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl
                         */
                        refresh: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "username": [
                     *         "This field is required."
                     *       ],
                     *       "password": [
                     *         "This field is required."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description The rule that was broken */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 900 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAuthRefresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refresh": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The refresh token of a login
                     * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl
                     */
                    refresh: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl",
                     *       "refresh": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description For the Authorization header; 60 minutes
                         * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl
                         */
                        access: string;
                        /**
                         * @description For new access tokens; 7 days
                         * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl
                         */
                        refresh: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "refresh": [
                     *         "This field is required."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAuthLogout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refresh": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The refresh token of a login
                     * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl
                     */
                    refresh: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Logged out successfully"
                     *     }
                     */
                    "application/json": {
                        /** @example Logged out successfully */
                        message: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "refresh": [
                     *         "This field is required."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAuthLoginLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description What follows `#link=` in the link
                     * @example 3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
                     */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 1,
                     *         "username": "ana",
                     *         "email": "ana@example.com",
                     *         "display_name": "Ana",
                     *         "is_instructor": false,
                     *         "preferences": {}
                     *       },
                     *       "access": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl",
                     *       "refresh": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl"
                     *     }
                     */
                    "application/json": {
                        user: components["schemas"]["User"];
                        /**
                         * @description For the Authorization header; 60 minutes
                         * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl
                         */
                        access: string;
                        /**
                         * @description For new access tokens; 7 days
                         * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl
                         */
                        refresh: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "This link has been used or has expired. Ask for another one."
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 3600 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuthProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "username": "ana",
                     *       "email": "ana@example.com",
                     *       "display_name": "Ana",
                     *       "is_instructor": false,
                     *       "preferences": {}
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAuthProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ana@example.com",
                 *       "display_name": "Ana",
                 *       "is_instructor": false,
                 *       "preferences": {}
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @example ana@example.com
                     */
                    email?: string;
                    /** @example Ana */
                    display_name?: string;
                    /** @description Ignored unless the caller is staff: nobody promotes themselves */
                    is_instructor?: boolean;
                    /** @description Replaced as a whole */
                    preferences?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "username": "ana",
                     *       "email": "ana@example.com",
                     *       "display_name": "Ana",
                     *       "is_instructor": false,
                     *       "preferences": {}
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuthMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "username": "ana",
                     *       "email": "ana@example.com",
                     *       "display_name": "Ana",
                     *       "is_instructor": false,
                     *       "preferences": {}
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAuthMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ana@example.com",
                 *       "display_name": "Ana",
                 *       "is_instructor": false,
                 *       "preferences": {}
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @example ana@example.com
                     */
                    email?: string;
                    /** @example Ana */
                    display_name?: string;
                    /** @description Ignored unless the caller is staff: nobody promotes themselves */
                    is_instructor?: boolean;
                    /** @description Replaced as a whole */
                    preferences?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "username": "ana",
                     *       "email": "ana@example.com",
                     *       "display_name": "Ana",
                     *       "is_instructor": false,
                     *       "preferences": {}
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuthPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "auto_save_choreographies": false,
                     *       "default_difficulty": "intermediate",
                     *       "email_notifications": false,
                     *       "refused_moves": [
                     *         "dip",
                     *         "lift"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAuthPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "auto_save_choreographies": false,
                 *       "default_difficulty": "intermediate",
                 *       "email_notifications": false,
                 *       "refused_moves": [
                 *         "dip",
                 *         "lift"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description Finished choreographies go into the collection */
                    auto_save_choreographies?: boolean;
                    /**
                     * @description For sentences that name none
                     * @example intermediate
                     * @enum {unknown}
                     */
                    default_difficulty?: "beginner" | "intermediate" | "advanced";
                    email_notifications?: boolean;
                    /**
                     * @description Moves that no choreography is to have, whatever is asked for
                     * @example [
                     *       "dip",
                     *       "lift"
                     *     ]
                     */
                    refused_moves?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "auto_save_choreographies": false,
                     *       "default_difficulty": "intermediate",
                     *       "email_notifications": false,
                     *       "refused_moves": [
                     *         "dip",
                     *         "lift"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "default_difficulty": [
                     *         "\"expert\" is not a valid choice."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAuthPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "current_password": "una-noche-larga",
                 *       "new_password": "otra-noche-mas-larga"
                 *     }
                 */
                "application/json": {
                    /** @example una-noche-larga */
                    current_password: string;
                    /** @example otra-noche-mas-larga */
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Password changed. Every other session has ended.",
                     *       "access": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl",
                     *       "refresh": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl"
                     *     }
                     */
                    "application/json": {
                        /** @example Password changed. Every other session has ended. */
                        message: string;
                        /**
                         * @description For the Authorization header; 60 minutes
                         * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl
                         */
                        access: string;
                        /**
                         * @description For new access tokens; 7 days
                         * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl
                         */
                        refresh: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 3600 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAuthPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                 *       "new_password": "otra-noche-mas-larga"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description What follows `#token=` in the link
                     * @example 3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
                     */
                    token: string;
                    /** @example otra-noche-mas-larga */
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Password changed. Log in with the new one."
                     *     }
                     */
                    "application/json": {
                        /** @example Password changed. Log in with the new one. */
                        message: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 3600 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuthSessions: {
        parameters: {
            query?: {
                /** @description Page number from 1, or `last` */
                page?: string;
                /** @description Items a page, 1 to 100; 20 by default */
                page_size?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 1,
                     *       "next": null,
                     *       "previous": null,
                     *       "results": [
                     *         {
                     *           "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "user_agent": "Mozilla/5.0 (Android 16)",
                     *           "is_current": false,
                     *           "created_at": "2025-11-09T12:34:56Z",
                     *           "last_used_at": "2025-11-09T12:34:56Z",
                     *           "expires_at": "2025-11-09T12:34:56Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Items on all pages together
                         * @example 1
                         */
                        count: number;
                        /** @example null */
                        next: string | null;
                        /** @example null */
                        previous: string | null;
                        results: components["schemas"]["Session"][];
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "page_size cannot exceed 100"
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Invalid page."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAuthSessions: {
        parameters: {
            query?: {
                /** @description `true`: all but the one that this request belongs to */
                keep_current?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Logged out everywhere.",
                     *       "ended_count": 3
                     *     }
                     */
                    "application/json": {
                        /** @example Logged out everywhere. */
                        message: string;
                        /** @example 3 */
                        ended_count: number;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "JSON parse error - The body is not valid JSON."
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAuthSessionsBySessionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Session ended."
                     *     }
                     */
                    "application/json": {
                        /** @example Session ended. */
                        message: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "JSON parse error - The body is not valid JSON."
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No Session matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuthExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All that the service keeps of an account */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exported_at": "2025-11-09T12:34:56Z",
                     *       "user": {
                     *         "id": 1,
                     *         "username": "ana",
                     *         "email": "ana@example.com",
                     *         "display_name": "Ana",
                     *         "is_instructor": false,
                     *         "preferences": {}
                     *       },
                     *       "joined_at": "2025-11-09T12:34:56Z",
                     *       "last_login_at": "2025-11-09T12:34:56Z",
                     *       "preferences": {
                     *         "auto_save_choreographies": false,
                     *         "default_difficulty": "intermediate",
                     *         "email_notifications": false,
                     *         "refused_moves": [
                     *           "dip",
                     *           "lift"
                     *         ]
                     *       },
                     *       "sessions": [
                     *         {
                     *           "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "user_agent": "Mozilla/5.0 (Android 16)",
                     *           "is_current": false,
                     *           "created_at": "2025-11-09T12:34:56Z",
                     *           "last_used_at": "2025-11-09T12:34:56Z",
                     *           "expires_at": "2025-11-09T12:34:56Z"
                     *         }
                     *       ],
                     *       "tasks": [
                     *         {
                     *           "task": {
                     *             "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *             "status": "running",
                     *             "progress": 45,
                     *             "stage": "video_assembly",
                     *             "message": "Assembling video clips...",
                     *             "result": {
                     *               "video_url": "/media/output/choreography_abc-123-def-456.mp4",
                     *               "duration": 227.18,
                     *               "file_size": 36992903,
                     *               "num_moves": 29,
                     *               "difficulty": "intermediate",
                     *               "captions_url": "/media/output/choreography_abc-123-def-456.vtt",
                     *               "chapters_url": "/media/output/choreography_abc-123-def-456.chapters.vtt",
                     *               "thumbnails_url": "/media/output/choreography_abc-123-def-456.thumbnails.vtt",
                     *               "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *             },
                     *             "error": "FFmpeg error: Invalid video codec",
                     *             "had_video": false,
                     *             "song": {
                     *               "id": 1,
                     *               "title": "Bachata Rosa",
                     *               "artist": "Juan Luis Guerra",
                     *               "duration": 252.4,
                     *               "bpm": 130,
                     *               "genre": "Modern Bachata",
                     *               "created_at": "2025-11-09T12:34:56Z",
                     *               "is_own": true,
                     *               "status": "ready",
                     *               "failure": "No beat could be found in it: it is silent, or too short."
                     *             },
                     *             "difficulty": "intermediate",
                     *             "style": "modern",
                     *             "created_at": "2025-11-09T12:34:56Z",
                     *             "updated_at": "2025-11-09T12:34:56Z",
                     *             "completed_at": "2025-11-09T12:34:56Z",
                     *             "revision_of": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *             "version_of": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *             "original_task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *             "version": {
                     *               "kind": "slow",
                     *               "speed": 0.75
                     *             },
                     *             "versions": [
                     *               {
                     *                 "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *                 "kind": "slow",
                     *                 "speed": 0.75,
                     *                 "status": "completed"
                     *               }
                     *             ]
                     *           },
                     *           "query": "a romantic bachata for beginners",
                     *           "energy_level": "medium",
                     *           "seed": 7,
                     *           "links": {
                     *             "task": "https://api.example.com/api/choreography/tasks/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a/",
                     *             "blueprint": "https://api.example.com/api/choreography/tasks/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a/blueprint/",
                     *             "video": "https://api.example.com/api/choreography/videos/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a/?download=1"
                     *           }
                     *         }
                     *       ],
                     *       "collection": [
                     *         {
                     *           "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "title": "Suegra - Intermediate",
                     *           "video_path": "/media/output/choreography_abc-123-def-456.mp4",
                     *           "difficulty": "intermediate",
                     *           "duration": 227.18,
                     *           "notes": "Slow at the end",
                     *           "song_title": "Suegra",
                     *           "music_info": {
                     *             "song": "Suegra",
                     *             "artist": "Romeo Santos",
                     *             "bpm": 123,
                     *             "duration": 227.18
                     *           },
                     *           "generation_parameters": {
                     *             "difficulty": "intermediate",
                     *             "style": "modern"
                     *           },
                     *           "created_at": "2025-11-09T12:34:56Z",
                     *           "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *         }
                     *       ],
                     *       "class_plans": [
                     *         {
                     *           "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "title": "Beginner Workshop",
                     *           "description": "Introduction to bachata basics",
                     *           "difficulty_level": "beginner",
                     *           "estimated_duration": 60,
                     *           "instructor_notes": "Bring water",
                     *           "sequence_count": 1,
                     *           "created_at": "2025-11-09T12:34:56Z",
                     *           "updated_at": "2025-11-09T12:34:56Z",
                     *           "sequences": [
                     *             {
                     *               "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *               "sequence_order": 0,
                     *               "choreography": {
                     *                 "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *                 "title": "Suegra - Intermediate",
                     *                 "video_path": "/media/output/choreography_abc-123-def-456.mp4",
                     *                 "difficulty": "intermediate",
                     *                 "duration": 227.18,
                     *                 "notes": "Slow at the end",
                     *                 "song_title": "Suegra",
                     *                 "music_info": {
                     *                   "song": "Suegra",
                     *                   "artist": "Romeo Santos",
                     *                   "bpm": 123,
                     *                   "duration": 227.18
                     *                 },
                     *                 "generation_parameters": {
                     *                   "difficulty": "intermediate",
                     *                   "style": "modern"
                     *                 },
                     *                 "created_at": "2025-11-09T12:34:56Z",
                     *                 "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *                 "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *               },
                     *               "notes": "Start with this sequence",
                     *               "estimated_time": 20
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "songs": [
                     *         {
                     *           "id": 1,
                     *           "title": "Bachata Rosa",
                     *           "artist": "Juan Luis Guerra",
                     *           "duration": 252.4,
                     *           "bpm": 130,
                     *           "genre": "Modern Bachata",
                     *           "created_at": "2025-11-09T12:34:56Z",
                     *           "is_own": true,
                     *           "status": "ready",
                     *           "failure": "No beat could be found in it: it is silent, or too short.",
                     *           "audio_path": "songs/bachata_rosa.mp3",
                     *           "updated_at": "2025-11-09T12:34:56Z",
                     *           "analysis": {
                     *             "tempo_bpm": 130.02,
                     *             "time_signature": "4/4",
                     *             "is_corrected": false,
                     *             "eights": [
                     *               1.2,
                     *               4.9
                     *             ],
                     *             "confidence": {
                     *               "tempo": 0.9,
                     *               "beat": 0.9,
                     *               "downbeat": 0.9,
                     *               "eight": 0.9
                     *             }
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AccountExport"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 3600 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAuthDeleteAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "una-noche-larga"
                 *     }
                 */
                "application/json": {
                    /** @example una-noche-larga */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Account deleted. Its videos are removed from storage in the hours after that."
                     *     }
                     */
                    "application/json": {
                        /** @example Account deleted. Its videos are removed from storage in the hours after that. */
                        message: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "password": [
                     *         "The password is not right."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 3600 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChoreographySongs: {
        parameters: {
            query?: {
                /** @description Page number from 1, or `last` */
                page?: string;
                /** @description Items a page, 1 to 100; 20 by default */
                page_size?: string;
                /** @description Part of the genre, in any case, accents or not */
                genre?: string;
                /** @description Slowest tempo, inclusive */
                bpm_min?: string;
                /** @description Fastest tempo, inclusive */
                bpm_max?: string;
                /** @description Part of the title or the artist, in any case, accents or not */
                search?: string;
                /** @description `true`: only the caller's own */
                own?: string;
                /** @description title, artist, bpm, duration or created_at; a minus in front turns it round */
                ordering?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 1,
                     *       "next": null,
                     *       "previous": null,
                     *       "results": [
                     *         {
                     *           "id": 1,
                     *           "title": "Bachata Rosa",
                     *           "artist": "Juan Luis Guerra",
                     *           "duration": 252.4,
                     *           "bpm": 130,
                     *           "genre": "Modern Bachata",
                     *           "created_at": "2025-11-09T12:34:56Z",
                     *           "is_own": true,
                     *           "status": "ready",
                     *           "failure": "No beat could be found in it: it is silent, or too short."
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Items on all pages together
                         * @example 1
                         */
                        count: number;
                        /** @example null */
                        next: string | null;
                        /** @example null */
                        previous: string | null;
                        results: components["schemas"]["Song"][];
                    };
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Invalid page."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postChoreographySongs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "file": "(the bytes of song.mp3)",
                 *       "title": "Obsesion",
                 *       "artist": "Aventura",
                 *       "rights": true
                 *     }
                 */
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description An mp3, m4a, wav, flac, ogg or opus file
                     * @example (the bytes of song.mp3)
                     */
                    file: string;
                    /**
                     * @description Default: as the file's tags say
                     * @example Obsesion
                     */
                    title?: string;
                    /**
                     * @description Default: as the file's tags say
                     * @example Aventura
                     */
                    artist?: string;
                    /**
                     * @description Must be true: the caller may use this song so, for themselves
                     * @example true
                     */
                    rights: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "title": "Bachata Rosa",
                     *       "artist": "Juan Luis Guerra",
                     *       "duration": 252.4,
                     *       "bpm": 130,
                     *       "genre": "Modern Bachata",
                     *       "created_at": "2025-11-09T12:34:56Z",
                     *       "is_own": true,
                     *       "status": "ready",
                     *       "failure": "No beat could be found in it: it is silent, or too short.",
                     *       "audio_path": "songs/bachata_rosa.mp3",
                     *       "updated_at": "2025-11-09T12:34:56Z",
                     *       "analysis": {
                     *         "tempo_bpm": 130.02,
                     *         "time_signature": "4/4",
                     *         "is_corrected": false,
                     *         "eights": [
                     *           1.2,
                     *           4.9
                     *         ],
                     *         "confidence": {
                     *           "tempo": 0.9,
                     *           "beat": 0.9,
                     *           "downbeat": 0.9,
                     *           "eight": 0.9
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SongDetail"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 1800 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChoreographySongsBySongId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                song_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "title": "Bachata Rosa",
                     *       "artist": "Juan Luis Guerra",
                     *       "duration": 252.4,
                     *       "bpm": 130,
                     *       "genre": "Modern Bachata",
                     *       "created_at": "2025-11-09T12:34:56Z",
                     *       "is_own": true,
                     *       "status": "ready",
                     *       "failure": "No beat could be found in it: it is silent, or too short.",
                     *       "audio_path": "songs/bachata_rosa.mp3",
                     *       "updated_at": "2025-11-09T12:34:56Z",
                     *       "analysis": {
                     *         "tempo_bpm": 130.02,
                     *         "time_signature": "4/4",
                     *         "is_corrected": false,
                     *         "eights": [
                     *           1.2,
                     *           4.9
                     *         ],
                     *         "confidence": {
                     *           "tempo": 0.9,
                     *           "beat": 0.9,
                     *           "downbeat": 0.9,
                     *           "eight": 0.9
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SongDetail"];
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No Song matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteChoreographySongsBySongId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                song_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Song deleted successfully"
                     *     }
                     */
                    "application/json": {
                        /** @example Song deleted successfully */
                        message: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "JSON parse error - The body is not valid JSON."
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This song is not yours to change."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No Song matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            409: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode409"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "This song stays: it is needed by the task 7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 3600 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChoreographySongsBySongIdWaveform: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                song_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "song_id": 1,
                     *       "duration_sec": 252.4,
                     *       "tempo_bpm": 130.02,
                     *       "peaks_per_sec": 20,
                     *       "peaks": [
                     *         0,
                     *         0.08,
                     *         0.52,
                     *         0.49
                     *       ],
                     *       "beats_sec": [
                     *         1.2,
                     *         1.66,
                     *         2.13
                     *       ],
                     *       "downbeats_sec": [
                     *         1.2,
                     *         3.05
                     *       ],
                     *       "eights_sec": [
                     *         1.2,
                     *         4.9
                     *       ],
                     *       "sections": [
                     *         {
                     *           "kind": "intro",
                     *           "start_sec": 1.2,
                     *           "end_sec": 16,
                     *           "confidence": 0.9
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Waveform"];
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChoreographySongsBySongIdSample: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                song_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/mp4": string;
                };
            };
            /** @description The range that was asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/mp4": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            412: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode412"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The file is not the one that the request is about."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            416: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode416"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The range is outside the file."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    headChoreographySongsBySongIdSample: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                song_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/mp4": string;
                };
            };
            /** @description The range that was asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/mp4": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            412: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode412"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The file is not the one that the request is about."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            416: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode416"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The range is outside the file."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchChoreographySongsBySongIdGrid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                song_id: string;
            };
            cookie?: never;
        };
        /** @description Takes the place of what was said before; with nothing in it, the measured counts hold */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tempo": "half",
                 *       "shift_counts": 2,
                 *       "first_eight_sec": 12.4
                 *     }
                 */
                "application/json": {
                    /**
                     * @description It is counted at half of the measured tempo, or at its double
                     * @enum {unknown}
                     */
                    tempo?: "half" | "double";
                    /**
                     * @description The "1" comes so many counts later than was heard; below 0: earlier
                     * @example 2
                     */
                    shift_counts?: number;
                    /**
                     * @description The beat nearest to this second is the "1" of an eight
                     * @example 12.4
                     */
                    first_eight_sec?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "title": "Bachata Rosa",
                     *       "artist": "Juan Luis Guerra",
                     *       "duration": 252.4,
                     *       "bpm": 130,
                     *       "genre": "Modern Bachata",
                     *       "created_at": "2025-11-09T12:34:56Z",
                     *       "is_own": true,
                     *       "status": "ready",
                     *       "failure": "No beat could be found in it: it is silent, or too short.",
                     *       "audio_path": "songs/bachata_rosa.mp3",
                     *       "updated_at": "2025-11-09T12:34:56Z",
                     *       "analysis": {
                     *         "tempo_bpm": 130.02,
                     *         "time_signature": "4/4",
                     *         "is_corrected": false,
                     *         "eights": [
                     *           1.2,
                     *           4.9
                     *         ],
                     *         "confidence": {
                     *           "tempo": 0.9,
                     *           "beat": 0.9,
                     *           "downbeat": 0.9,
                     *           "eight": 0.9
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SongDetail"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This song is not yours to change."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No Song matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            409: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode409"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "This song is still being listened to. Try again in a moment."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChoreographyMoves: {
        parameters: {
            query?: {
                /** @description Page number from 1, or `last` */
                page?: string;
                /** @description Items a page, 1 to 100; 20 by default */
                page_size?: string;
                /** @description One of beginner, intermediate, advanced */
                difficulty?: string;
                /** @description One of low, medium, high */
                energy_level?: string;
                /** @description One of romantic, energetic, sensual, playful, modern */
                style?: string;
                /** @description The whole family name, in any case */
                label?: string;
                /** @description Exactly so many counts of dance */
                counts?: string;
                /** @description Part of the name or of the family, in any case */
                search?: string;
                /** @description name, label, difficulty, energy_level, counts, duration or tempo; a minus in front turns it round */
                ordering?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 1,
                     *       "next": null,
                     *       "previous": null,
                     *       "results": [
                     *         {
                     *           "id": "double_cross_body_lead",
                     *           "name": "Cross body lead",
                     *           "label": "cross_body_lead",
                     *           "difficulty": "beginner",
                     *           "energy_level": "low",
                     *           "style": "romantic",
                     *           "duration": 9.2,
                     *           "counts": 16,
                     *           "tempo": 129
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Items on all pages together
                         * @example 1
                         */
                        count: number;
                        /** @example null */
                        next: string | null;
                        /** @example null */
                        previous: string | null;
                        results: components["schemas"]["Move"][];
                    };
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Invalid page."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postChoreographyGenerateFromSong: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client, 1 to 255 visible ASCII characters: a repeat within 24 hours gets the first answer again */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "song_id": 1,
                 *       "difficulty": "beginner",
                 *       "energy_level": "medium",
                 *       "style": "modern",
                 *       "tempo": "slow",
                 *       "special_requirements": [
                 *         "smooth transitions"
                 *       ],
                 *       "wishes": {
                 *         "moves": [
                 *           {
                 *             "move": "turn",
                 *             "times": 3,
                 *             "exactly": true
                 *           }
                 *         ],
                 *         "refused": [
                 *           "dip"
                 *         ],
                 *         "length_sec": 60
                 *       },
                 *       "seed": 0
                 *     }
                 */
                "application/json": {
                    /**
                     * @description ID of the song
                     * @example 1
                     */
                    song_id: number;
                    /** @enum {unknown} */
                    difficulty: "beginner" | "intermediate" | "advanced";
                    /**
                     * @default medium
                     * @enum {unknown}
                     */
                    energy_level?: "low" | "medium" | "high";
                    /**
                     * @default modern
                     * @enum {unknown}
                     */
                    style?: "romantic" | "energetic" | "sensual" | "playful" | "modern";
                    /**
                     * @description Told in `open_wishes` where the song is the contrary
                     * @enum {unknown}
                     */
                    tempo?: "slow" | "medium" | "fast";
                    /**
                     * @description Free wishes, in a few words each
                     * @example [
                     *       "smooth transitions"
                     *     ]
                     */
                    special_requirements?: string[];
                    wishes?: components["schemas"]["Wishes"];
                    /** @description The only source of variation: the same seed, the same dance. By default made of the request, and the next one whenever the caller asks for the same again; the blueprint tells it */
                    seed?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "song": {
                     *         "id": 1,
                     *         "title": "Bachata Rosa",
                     *         "artist": "Juan Luis Guerra"
                     *       },
                     *       "status": "started",
                     *       "message": "Choreography generation started",
                     *       "poll_url": "/api/choreography/tasks/abc-123-def-456",
                     *       "open_wishes": [
                     *         {
                     *           "wish": "finish with dip",
                     *           "reason": "the library has no such move"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["StartedGeneration"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            409: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode409"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "A request with this Idempotency-Key is still being processed."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            422: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode422"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "This Idempotency-Key was already used with a different request body."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description The rule that was broken */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Too many choreographies are being made just now. Please try again later."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
        };
    };
    postChoreographyGenerateWithAi: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client, 1 to 255 visible ASCII characters: a repeat within 24 hours gets the first answer again */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "query": "Create a romantic bachata for beginners with smooth transitions",
                 *       "parameters": {
                 *         "difficulty": "beginner",
                 *         "wishes": {
                 *           "refused": [
                 *             "dip"
                 *           ]
                 *         }
                 *       },
                 *       "seed": 0
                 *     }
                 */
                "application/json": {
                    /**
                     * @description What to dance, in plain words
                     * @example Create a romantic bachata for beginners with smooth transitions
                     */
                    query: string;
                    /**
                     * @description Corrections of what the sentence is understood to mean: `parameters` as parse-query answers them. What is given holds, what is absent is taken from the sentence
                     * @example {
                     *       "difficulty": "beginner",
                     *       "wishes": {
                     *         "refused": [
                     *           "dip"
                     *         ]
                     *       }
                     *     }
                     */
                    parameters?: {
                        /** @enum {unknown} */
                        difficulty?: "beginner" | "intermediate" | "advanced";
                        /** @enum {unknown} */
                        energy_level?: "low" | "medium" | "high";
                        /** @enum {unknown} */
                        style?: "romantic" | "energetic" | "sensual" | "playful" | "modern";
                        /** @enum {unknown} */
                        tempo?: "slow" | "medium" | "fast";
                        specific_moves?: string[] | null;
                        /**
                         * @description Free wishes, in a few words each
                         * @example [
                         *       "smooth transitions"
                         *     ]
                         */
                        special_requirements?: string[];
                        wishes?: components["schemas"]["Wishes"];
                    };
                    /** @description The only source of variation: the same seed, the same dance. By default made of the request, and the next one whenever the caller asks for the same again; the blueprint tells it */
                    seed?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "parsed_parameters": {
                     *         "difficulty": "beginner",
                     *         "energy_level": "low",
                     *         "style": "romantic",
                     *         "special_requirements": [
                     *           "smooth transitions"
                     *         ]
                     *       },
                     *       "song": {
                     *         "id": 1,
                     *         "title": "Bachata Rosa",
                     *         "artist": "Juan Luis Guerra"
                     *       },
                     *       "status": "started",
                     *       "message": "Choreography generation started",
                     *       "poll_url": "/api/choreography/tasks/abc-123-def-456",
                     *       "open_wishes": [
                     *         {
                     *           "wish": "finish with dip",
                     *           "reason": "the library has no such move"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        task_id: string;
                        parsed_parameters: {
                            /** @enum {unknown} */
                            difficulty: "beginner" | "intermediate" | "advanced";
                            /** @enum {unknown} */
                            energy_level: "low" | "medium" | "high";
                            /** @enum {unknown} */
                            style: "romantic" | "energetic" | "sensual" | "playful" | "modern";
                            /**
                             * @example [
                             *       "smooth transitions"
                             *     ]
                             */
                            special_requirements: string[];
                        };
                        song: {
                            /** @example 1 */
                            id: number;
                            /** @example Bachata Rosa */
                            title: string;
                            /** @example Juan Luis Guerra */
                            artist: string;
                        };
                        /** @example started */
                        status: string;
                        /** @example Choreography generation started */
                        message: string;
                        /** @example /api/choreography/tasks/abc-123-def-456 */
                        poll_url: string;
                        /**
                         * @description What the dance does not meet of what was asked for. Absent where all is met.
                         * @example [
                         *       {
                         *         "wish": "finish with dip",
                         *         "reason": "the library has no such move"
                         *       }
                         *     ]
                         */
                        open_wishes?: {
                            wish: string;
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            409: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode409"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "A request with this Idempotency-Key is still being processed."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            422: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode422"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "This Idempotency-Key was already used with a different request body."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description The rule that was broken */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Too many choreographies are being made just now. Please try again later."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
        };
    };
    postChoreographyParseQuery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "query": "Create a romantic bachata for beginners with smooth transitions"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description What to dance, in plain words
                     * @example Create a romantic bachata for beginners with smooth transitions
                     */
                    query: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "parameters": {
                     *         "difficulty": "beginner",
                     *         "energy_level": "low",
                     *         "style": "romantic",
                     *         "tempo": "slow",
                     *         "confidence": 0.9,
                     *         "specific_moves": [
                     *           "dip"
                     *         ],
                     *         "special_requirements": [
                     *           "smooth transitions"
                     *         ],
                     *         "wishes": {
                     *           "moves": [
                     *             {
                     *               "move": "turn",
                     *               "times": 3,
                     *               "exactly": true
                     *             }
                     *           ],
                     *           "refused": [
                     *             "dip"
                     *           ],
                     *           "length_sec": 60
                     *         }
                     *       },
                     *       "confidence": 0.9,
                     *       "query": "Create a romantic bachata for beginners with smooth transitions",
                     *       "understood": {
                     *         "share": 1,
                     *         "words": [
                     *           "romantic",
                     *           "bachata",
                     *           "beginners"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        parameters: {
                            /** @enum {unknown} */
                            difficulty: "beginner" | "intermediate" | "advanced";
                            /** @enum {unknown} */
                            energy_level: "low" | "medium" | "high";
                            /** @enum {unknown} */
                            style: "romantic" | "energetic" | "sensual" | "playful" | "modern";
                            /** @enum {unknown} */
                            tempo: "slow" | "medium" | "fast";
                            /**
                             * @description 0 to 1
                             * @example 0.9
                             */
                            confidence: number;
                            specific_moves: string[] | null;
                            /**
                             * @example [
                             *       "smooth transitions"
                             *     ]
                             */
                            special_requirements: string[];
                            wishes?: components["schemas"]["Wishes"];
                        };
                        /**
                         * @description 0 to 1
                         * @example 0.9
                         */
                        confidence: number;
                        /** @example Create a romantic bachata for beginners with smooth transitions */
                        query: string;
                        /** @description Which words of the sentence the rules know, and which share that is of those that say something */
                        understood: {
                            /** @example 1 */
                            share: number;
                            /**
                             * @example [
                             *       "romantic",
                             *       "bachata",
                             *       "beginners"
                             *     ]
                             */
                            words: string[];
                        };
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 3600 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChoreographyTasks: {
        parameters: {
            query?: {
                /** @description Page number from 1, or `last` */
                page?: string;
                /** @description Items a page, 1 to 100; 20 by default */
                page_size?: string;
                /** @description One of pending, started, running, completed, failed */
                status?: string;
                /** @description beginner, intermediate or advanced; another finds nothing */
                difficulty?: string;
                /** @description romantic, energetic, sensual, playful or modern; another finds nothing */
                style?: string;
                /** @description Of this song */
                song_id?: string;
                /** @description Part of the title or the artist of the song, in any case, accents or not */
                search?: string;
                /** @description created_at, updated_at or song; a minus in front turns it round. Default -created_at */
                ordering?: string;
                /** @description `true`: with result or error, difficulty and style, and what it is a revision or version of */
                details?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 1,
                     *       "next": null,
                     *       "previous": null,
                     *       "results": [
                     *         {
                     *           "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "status": "running",
                     *           "progress": 45,
                     *           "stage": "video_assembly",
                     *           "message": "Assembling video clips...",
                     *           "song": {
                     *             "id": 1,
                     *             "title": "Bachata Rosa",
                     *             "artist": "Juan Luis Guerra",
                     *             "duration": 252.4,
                     *             "bpm": 130,
                     *             "genre": "Modern Bachata",
                     *             "created_at": "2025-11-09T12:34:56Z",
                     *             "is_own": true,
                     *             "status": "ready",
                     *             "failure": "No beat could be found in it: it is silent, or too short."
                     *           },
                     *           "created_at": "2025-11-09T12:34:56Z",
                     *           "updated_at": "2025-11-09T12:34:56Z",
                     *           "poster_url": "/media/output/choreography_abc-123-def-456.jpg",
                     *           "result": {
                     *             "video_url": "/media/output/choreography_abc-123-def-456.mp4",
                     *             "duration": 227.18,
                     *             "file_size": 36992903,
                     *             "num_moves": 29,
                     *             "difficulty": "intermediate",
                     *             "captions_url": "/media/output/choreography_abc-123-def-456.vtt",
                     *             "chapters_url": "/media/output/choreography_abc-123-def-456.chapters.vtt",
                     *             "thumbnails_url": "/media/output/choreography_abc-123-def-456.thumbnails.vtt",
                     *             "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *           },
                     *           "error": "FFmpeg error: Invalid video codec",
                     *           "had_video": false,
                     *           "difficulty": "intermediate",
                     *           "style": "modern",
                     *           "completed_at": "2025-11-09T12:34:56Z",
                     *           "revision_of": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "version_of": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "version": {
                     *             "kind": "slow",
                     *             "speed": 0.75
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Items on all pages together
                         * @example 1
                         */
                        count: number;
                        /** @example null */
                        next: string | null;
                        /** @example null */
                        previous: string | null;
                        results: components["schemas"]["TaskListItem"][];
                    };
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Invalid page."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChoreographyTasksByTaskId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to access this task"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Task not found"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteChoreographyTasksByTaskId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Task cancelled successfully",
                     *       "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "status": "failed"
                     *     }
                     */
                    "application/json": {
                        /** @example Task cancelled successfully */
                        message: string;
                        /** Format: uuid */
                        task_id: string;
                        /** @example failed */
                        status: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Cannot cancel task with status \"completed\". Only started or running tasks can be cancelled."
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to access this task"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Task not found"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChoreographyTasksByTaskIdBlueprint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of what the client has already */
                "if-none-match"?: string;
            };
            path: {
                /** @description UUID */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The blueprint as it is stored, in its canonical form (RFC 8785); its SHA-256 is the ETag */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "task_id": "abc-123-def-456",
                     *       "audio_path": "data/songs/Amor.mp3",
                     *       "moves": [
                     *         {
                     *           "clip_id": "move_1",
                     *           "video_path": "data/Bachata_steps/body_roll/body_roll_1.mp4",
                     *           "start_time": 0,
                     *           "duration": 8
                     *         },
                     *         {
                     *           "clip_id": "move_2",
                     *           "video_path": "data/Bachata_steps/cross_body_lead/cross_body_lead_1.mp4",
                     *           "start_time": 8,
                     *           "duration": 8
                     *         }
                     *       ],
                     *       "total_duration": 16,
                     *       "output_config": {
                     *         "output_path": "data/output/choreography_abc-123-def-456.mp4"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Blueprint"];
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to access this task"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChoreographyTasksByTaskIdSheet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example <!doctype html>… */
                    "text/html": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to access this task"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChoreographyTasksByTaskIdEvents: {
        parameters: {
            query?: {
                /** @description Instead of a login, for clients that cannot send headers, as the browser's EventSource */
                ticket?: string;
            };
            header?: {
                /** @description Id of the last event that the client has: that state is not sent again */
                "last-event-id"?: string;
            };
            path: {
                /** @description UUID */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events; each has an id to resume with */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example retry: 3000
                     *
                     *     id: 8sJ2
                     *     data: {"task_id":"…","status":"running","progress":45,…}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description The task has ended and the client knows it */
            204: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ticket": [
                     *         "Null characters are not allowed."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to access this task"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Task not found"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You have 10 event streams open already. Close one of them first."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Too many event streams are open. Try again later."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postChoreographyTasksByTaskIdEventsTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ticket": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl",
                     *       "events_url": "https://api.example.com/api/choreography/tasks/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a/events/?ticket=eyJ"
                     *     }
                     */
                    "application/json": {
                        /** @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl */
                        ticket: string;
                        /**
                         * Format: uri
                         * @description What to open with EventSource
                         * @example https://api.example.com/api/choreography/tasks/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a/events/?ticket=eyJ
                         */
                        events_url: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "JSON parse error - The body is not valid JSON."
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to access this task"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Task not found"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChoreographyTasksByTaskIdMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "song_url": "/media/private/prepared/songs/8c1f2e3d4b5a69788796a5b4c3d2e1f0.m4a?expires=1762693200&signature=m0dDq3cX2n5aQO7mYtq3lqQ0q0kJm3o2a5Qy2T1yXhU",
                     *       "clip_urls": [
                     *         "/media/private/prepared/clips/0f8a7d6c5b4a39281706f5e4d3c2b1a0.mp4?expires=1762693200&signature=m0dDq3cX2n5aQO7mYtq3lqQ0q0kJm3o2a5Qy2T1yXhU"
                     *       ],
                     *       "expires_at": "2025-11-09T12:34:56Z"
                     *     }
                     */
                    "application/json": components["schemas"]["TaskMedia"];
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to access this task"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChoreographyTasksByTaskIdMovesByIndexAlternatives: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID */
                task_id: string;
                /** @description Of a move of the blueprint, from 0 */
                index: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "index": 2,
                     *       "move_id": "ladyturn_1",
                     *       "alternatives": [
                     *         {
                     *           "move_id": "double_cross_body_lead",
                     *           "name": "Cross body lead",
                     *           "family": "cross_body_lead",
                     *           "difficulty": "beginner",
                     *           "energy": "low",
                     *           "style": "romantic",
                     *           "counts": 16,
                     *           "reason": "the music is lively here, and so is the move; it is sensual",
                     *           "join": "follows on the \"1\", out of much the same poses as Side basic",
                     *           "compromise": "it is modern, not sensual",
                     *           "clip_url": "/media/private/prepared/clips/0f8a7d6c5b4a39281706f5e4d3c2b1a0.mp4?expires=1762693200&signature=m0dDq3cX2n5aQO7mYtq3lqQ0q0kJm3o2a5Qy2T1yXhU"
                     *         }
                     *       ],
                     *       "expires_at": "2025-11-09T12:34:56Z"
                     *     }
                     */
                    "application/json": components["schemas"]["MoveAlternatives"];
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The rule that was broken */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "This task has no blueprint to revise."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to access this task"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 3600 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postChoreographyTasksByTaskIdRevise: {
        parameters: {
            query?: {
                /** @description `1`: only show what the edits would make */
                preview?: string;
            };
            header?: {
                /** @description Chosen by the client, 1 to 255 visible ASCII characters: a repeat within 24 hours gets the first answer again */
                "idempotency-key"?: string;
            };
            path: {
                /** @description UUID */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "edits": [
                 *         {
                 *           "action": "replace",
                 *           "index": 2,
                 *           "move_id": "ladyturn_1"
                 *         },
                 *         {
                 *           "action": "another",
                 *           "index": 5
                 *         },
                 *         {
                 *           "action": "remove",
                 *           "index": 7
                 *         },
                 *         {
                 *           "action": "move",
                 *           "index": 9,
                 *           "to": 11
                 *         },
                 *         {
                 *           "action": "transition",
                 *           "index": 4,
                 *           "transition_type": "crossfade",
                 *           "duration": 0.4
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /**
                     * @description All are made together, or none. `index` counts the moves of the blueprint as it is, from 0. `replace`: the move `move_id` of the library instead. `another`: one that suits the place as well. `remove`: its neighbours fill its place. `move`: it goes to place `to`, counted from 0 as the moves before it in the list leave them, where the counts of the song allow it. `transition`: the move is entered by `transition_type`; `duration` (seconds, up to 10) is for every crossfade, or every fade, of the video.
                     * @example [
                     *       {
                     *         "action": "replace",
                     *         "index": 2,
                     *         "move_id": "ladyturn_1"
                     *       },
                     *       {
                     *         "action": "another",
                     *         "index": 5
                     *       },
                     *       {
                     *         "action": "remove",
                     *         "index": 7
                     *       },
                     *       {
                     *         "action": "move",
                     *         "index": 9,
                     *         "to": 11
                     *       },
                     *       {
                     *         "action": "transition",
                     *         "index": 4,
                     *         "transition_type": "crossfade",
                     *         "duration": 0.4
                     *       }
                     *     ]
                     */
                    edits: unknown[];
                };
            };
        };
        responses: {
            /** @description The document that the edits would make, not kept anywhere */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "blueprint": {
                     *         "task_id": "abc-123-def-456",
                     *         "audio_path": "data/songs/Amor.mp3",
                     *         "moves": [
                     *           {
                     *             "clip_id": "move_1",
                     *             "video_path": "data/Bachata_steps/body_roll/body_roll_1.mp4",
                     *             "start_time": 0,
                     *             "duration": 8
                     *           },
                     *           {
                     *             "clip_id": "move_2",
                     *             "video_path": "data/Bachata_steps/cross_body_lead/cross_body_lead_1.mp4",
                     *             "start_time": 8,
                     *             "duration": 8
                     *           }
                     *         ],
                     *         "total_duration": 16,
                     *         "output_config": {
                     *           "output_path": "data/output/choreography_abc-123-def-456.mp4"
                     *         }
                     *       },
                     *       "media": {
                     *         "song_url": "/media/private/prepared/songs/8c1f2e3d4b5a69788796a5b4c3d2e1f0.m4a?expires=1762693200&signature=m0dDq3cX2n5aQO7mYtq3lqQ0q0kJm3o2a5Qy2T1yXhU",
                     *         "clip_urls": [
                     *           "/media/private/prepared/clips/0f8a7d6c5b4a39281706f5e4d3c2b1a0.mp4?expires=1762693200&signature=m0dDq3cX2n5aQO7mYtq3lqQ0q0kJm3o2a5Qy2T1yXhU",
                     *           "/media/private/prepared/clips/0f8a7d6c5b4a39281706f5e4d3c2b1a0.mp4?expires=1762693200&signature=m0dDq3cX2n5aQO7mYtq3lqQ0q0kJm3o2a5Qy2T1yXhU"
                     *         ],
                     *         "expires_at": "2025-11-09T13:00:00Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RevisionPreview"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "song": {
                     *         "id": 1,
                     *         "title": "Bachata Rosa",
                     *         "artist": "Juan Luis Guerra"
                     *       },
                     *       "status": "started",
                     *       "message": "Choreography generation started",
                     *       "poll_url": "/api/choreography/tasks/abc-123-def-456",
                     *       "open_wishes": [
                     *         {
                     *           "wish": "finish with dip",
                     *           "reason": "the library has no such move"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["StartedGeneration"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to access this task"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Task not found"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            409: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode409"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "A request with this Idempotency-Key is still being processed."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            422: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode422"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "This Idempotency-Key was already used with a different request body."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description The rule that was broken */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Too many choreographies are being made just now. Please try again later."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
        };
    };
    postChoreographyTasksByTaskIdRender: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client, 1 to 255 visible ASCII characters: a repeat within 24 hours gets the first answer again */
                "idempotency-key"?: string;
            };
            path: {
                /** @description UUID */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to access this task"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Task not found"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            409: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode409"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            422: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode422"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "This Idempotency-Key was already used with a different request body."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Failed to create job execution"
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description The rule that was broken */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
        };
    };
    postChoreographyTasksByTaskIdVersions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client, 1 to 255 visible ASCII characters: a repeat within 24 hours gets the first answer again */
                "idempotency-key"?: string;
            };
            path: {
                /** @description UUID */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "slow",
                 *       "speed": 0.75
                 *     }
                 */
                "application/json": {
                    /**
                     * @description slow: played slower, the pitch of the song kept; mirrored: as in a mirror, its counts in the picture
                     * @enum {unknown}
                     */
                    kind: "slow" | "mirrored";
                    /**
                     * @description Of slow: 0.75 or 0.85
                     * @example 0.75
                     */
                    speed?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "song": {
                     *         "id": 1,
                     *         "title": "Bachata Rosa",
                     *         "artist": "Juan Luis Guerra"
                     *       },
                     *       "status": "started",
                     *       "message": "Choreography generation started",
                     *       "poll_url": "/api/choreography/tasks/abc-123-def-456",
                     *       "open_wishes": [
                     *         {
                     *           "wish": "finish with dip",
                     *           "reason": "the library has no such move"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["StartedGeneration"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to access this task"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Task not found"
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            409: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode409"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "A request with this Idempotency-Key is still being processed."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            422: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode422"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "This Idempotency-Key was already used with a different request body."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description The rule that was broken */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Too many choreographies are being made just now. Please try again later."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
        };
    };
    getChoreographyVideosByTaskId: {
        parameters: {
            query?: {
                /** @description `1`: to be kept as a file, called by its song, and for its owner by its title */
                download?: string;
            };
            header?: never;
            path: {
                /** @description UUID */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                };
            };
            /** @description The range that was asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                };
            };
            /** @description Where the video plays. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "download": [
                     *         "Null characters are not allowed."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "You do not have permission to access this video"
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            412: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode412"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The file is not the one that the request is about."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            416: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode416"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The range is outside the file."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    headChoreographyVideosByTaskId: {
        parameters: {
            query?: {
                /** @description `1`: to be kept as a file, called by its song, and for its owner by its title */
                download?: string;
            };
            header?: never;
            path: {
                /** @description UUID */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                };
            };
            /** @description The range that was asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                };
            };
            /** @description Where the video plays. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "download": [
                     *         "Null characters are not allowed."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "You do not have permission to access this video"
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            412: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode412"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The file is not the one that the request is about."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            416: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode416"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The range is outside the file."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCollections: {
        parameters: {
            query?: {
                /** @description Page number from 1, or `last` */
                page?: string;
                /** @description Items a page, 1 to 100; 20 by default */
                page_size?: string;
                /** @description beginner, intermediate or advanced; another finds nothing */
                difficulty?: string;
                /** @description Part of the title, the song or its artist, in any case, accents or not */
                search?: string;
                /** @description created_at, title or duration; a minus in front turns it round. Default -created_at */
                ordering?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 1,
                     *       "next": null,
                     *       "previous": null,
                     *       "results": [
                     *         {
                     *           "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "title": "Suegra - Intermediate",
                     *           "video_path": "/media/output/choreography_abc-123-def-456.mp4",
                     *           "difficulty": "intermediate",
                     *           "duration": 227.18,
                     *           "notes": "Slow at the end",
                     *           "song_title": "Suegra",
                     *           "music_info": {
                     *             "song": "Suegra",
                     *             "artist": "Romeo Santos",
                     *             "bpm": 123,
                     *             "duration": 227.18
                     *           },
                     *           "generation_parameters": {
                     *             "difficulty": "intermediate",
                     *             "style": "modern"
                     *           },
                     *           "created_at": "2025-11-09T12:34:56Z",
                     *           "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Items on all pages together
                         * @example 1
                         */
                        count: number;
                        /** @example null */
                        next: string | null;
                        /** @example null */
                        previous: string | null;
                        results: components["schemas"]["CollectionItem"][];
                    };
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "search": [
                     *         "Null characters are not allowed."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Invalid page."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCollections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Suegra - Intermediate",
                 *       "video_path": "(the bytes of dance.mp4)",
                 *       "difficulty": "beginner",
                 *       "duration": 227.18,
                 *       "notes": "Slow at the end",
                 *       "music_info": {},
                 *       "generation_parameters": {}
                 *     }
                 */
                "multipart/form-data": {
                    /** @example Suegra - Intermediate */
                    title: string;
                    /**
                     * Format: binary
                     * @description An mp4 video
                     * @example (the bytes of dance.mp4)
                     */
                    video_path: string;
                    /** @enum {unknown} */
                    difficulty: "beginner" | "intermediate" | "advanced";
                    /**
                     * @description Seconds
                     * @example 227.18
                     */
                    duration: number;
                    /** @example Slow at the end */
                    notes?: string;
                    music_info?: {
                        [key: string]: unknown;
                    } | null;
                    generation_parameters?: {
                        [key: string]: unknown;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "title": "Suegra - Intermediate",
                     *       "video_path": "/media/output/choreography_abc-123-def-456.mp4",
                     *       "difficulty": "intermediate",
                     *       "duration": 227.18,
                     *       "notes": "Slow at the end",
                     *       "song_title": "Suegra",
                     *       "music_info": {
                     *         "song": "Suegra",
                     *         "artist": "Romeo Santos",
                     *         "bpm": 123,
                     *         "duration": 227.18
                     *       },
                     *       "generation_parameters": {
                     *         "difficulty": "intermediate",
                     *         "style": "modern"
                     *       },
                     *       "created_at": "2025-11-09T12:34:56Z",
                     *       "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *     }
                     */
                    "application/json": components["schemas"]["CollectionItem"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 1800 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCollectionsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "title": "Suegra - Intermediate",
                     *       "video_path": "/media/output/choreography_abc-123-def-456.mp4",
                     *       "difficulty": "intermediate",
                     *       "duration": 227.18,
                     *       "notes": "Slow at the end",
                     *       "song_title": "Suegra",
                     *       "music_info": {
                     *         "song": "Suegra",
                     *         "artist": "Romeo Santos",
                     *         "bpm": 123,
                     *         "duration": 227.18
                     *       },
                     *       "generation_parameters": {
                     *         "difficulty": "intermediate",
                     *         "style": "modern"
                     *       },
                     *       "created_at": "2025-11-09T12:34:56Z",
                     *       "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *     }
                     */
                    "application/json": components["schemas"]["CollectionItem"];
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No SavedChoreography matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putCollectionsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Suegra - Intermediate",
                 *       "difficulty": "beginner",
                 *       "duration": 0,
                 *       "notes": "Slow at the end",
                 *       "music_info": {},
                 *       "generation_parameters": {}
                 *     }
                 */
                "application/json": {
                    /** @example Suegra - Intermediate */
                    title?: string;
                    /** @enum {unknown} */
                    difficulty?: "beginner" | "intermediate" | "advanced";
                    /** @description Seconds */
                    duration?: number;
                    /** @example Slow at the end */
                    notes?: string;
                    music_info?: {
                        [key: string]: unknown;
                    } | null;
                    generation_parameters?: {
                        [key: string]: unknown;
                    } | null;
                };
                /**
                 * @example {
                 *       "title": "Suegra - Intermediate",
                 *       "difficulty": "beginner",
                 *       "duration": 0,
                 *       "notes": "Slow at the end",
                 *       "music_info": {},
                 *       "generation_parameters": {},
                 *       "video_path": "(the bytes of dance.mp4)"
                 *     }
                 */
                "multipart/form-data": {
                    /** @example Suegra - Intermediate */
                    title?: string;
                    /** @enum {unknown} */
                    difficulty?: "beginner" | "intermediate" | "advanced";
                    /** @description Seconds */
                    duration?: number;
                    /** @example Slow at the end */
                    notes?: string;
                    music_info?: {
                        [key: string]: unknown;
                    } | null;
                    generation_parameters?: {
                        [key: string]: unknown;
                    } | null;
                    /**
                     * Format: binary
                     * @description An mp4 video
                     * @example (the bytes of dance.mp4)
                     */
                    video_path?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "title": "Suegra - Intermediate",
                     *       "video_path": "/media/output/choreography_abc-123-def-456.mp4",
                     *       "difficulty": "intermediate",
                     *       "duration": 227.18,
                     *       "notes": "Slow at the end",
                     *       "song_title": "Suegra",
                     *       "music_info": {
                     *         "song": "Suegra",
                     *         "artist": "Romeo Santos",
                     *         "bpm": 123,
                     *         "duration": 227.18
                     *       },
                     *       "generation_parameters": {
                     *         "difficulty": "intermediate",
                     *         "style": "modern"
                     *       },
                     *       "created_at": "2025-11-09T12:34:56Z",
                     *       "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *     }
                     */
                    "application/json": components["schemas"]["CollectionItem"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No SavedChoreography matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            429: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode429"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request was throttled. Expected available in 1800 seconds."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteCollectionsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Choreography deleted successfully",
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a"
                     *     }
                     */
                    "application/json": {
                        /** @example Choreography deleted successfully */
                        message: string;
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "JSON parse error - The body is not valid JSON."
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No SavedChoreography matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCollectionsSave: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                 *       "title": "My Intermediate Bachata",
                 *       "difficulty": "beginner",
                 *       "notes": "Slow at the end"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description A completed task of the caller
                     */
                    task_id: string;
                    /**
                     * @description Default, also for a blank one: song and level, `Suegra - Intermediate`
                     * @example My Intermediate Bachata
                     */
                    title?: string;
                    /** @enum {unknown} */
                    difficulty?: "beginner" | "intermediate" | "advanced";
                    /** @example Slow at the end */
                    notes?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "title": "Suegra - Intermediate",
                     *       "video_path": "/media/output/choreography_abc-123-def-456.mp4",
                     *       "difficulty": "intermediate",
                     *       "duration": 227.18,
                     *       "notes": "Slow at the end",
                     *       "song_title": "Suegra",
                     *       "music_info": {
                     *         "song": "Suegra",
                     *         "artist": "Romeo Santos",
                     *         "bpm": 123,
                     *         "duration": 227.18
                     *       },
                     *       "generation_parameters": {
                     *         "difficulty": "intermediate",
                     *         "style": "modern"
                     *       },
                     *       "created_at": "2025-11-09T12:34:56Z",
                     *       "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *     }
                     */
                    "application/json": components["schemas"]["CollectionItem"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No ChoreographyTask matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            409: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode409"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Choreography already saved"
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCollectionsStats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "total_count": 15,
                     *       "total_duration": 3407.7,
                     *       "by_difficulty": {
                     *         "beginner": 5,
                     *         "intermediate": 8,
                     *         "advanced": 2
                     *       },
                     *       "recent_count": 3
                     *     }
                     */
                    "application/json": {
                        /** @example 15 */
                        total_count: number;
                        /**
                         * @description Seconds
                         * @example 3407.7
                         */
                        total_duration: number;
                        /**
                         * @description Only the difficulties that occur
                         * @example {
                         *       "beginner": 5,
                         *       "intermediate": 8,
                         *       "advanced": 2
                         *     }
                         */
                        by_difficulty: {
                            [key: string]: number;
                        };
                        /**
                         * @description Saved within the last 7 days
                         * @example 3
                         */
                        recent_count: number;
                    };
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCollectionsDeleteAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "confirmation": true
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Must be true
                     * @example true
                     */
                    confirmation: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deleted_count": 15,
                     *       "message": "Successfully deleted 15 choreographies"
                     *     }
                     */
                    "application/json": {
                        /** @example 15 */
                        deleted_count: number;
                        /** @example Successfully deleted 15 choreographies */
                        message: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "confirmation": [
                     *         "Confirmation required to delete all choreographies"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCollectionsCleanup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "cleaned_count": 3,
                     *       "message": "Cleaned up 3 orphaned choreographies"
                     *     }
                     */
                    "application/json": {
                        /** @example 3 */
                        cleaned_count: number;
                        /** @example Cleaned up 3 orphaned choreographies */
                        message: string;
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "JSON parse error - The body is not valid JSON."
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The rule that was broken */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "The video storage cannot be reached. Nothing was removed; try again later."
                     *     }
                     */
                    "application/json": components["schemas"]["BrokenRule"];
                };
            };
        };
    };
    getInstructorsClassPlans: {
        parameters: {
            query?: {
                /** @description Page number from 1, or `last` */
                page?: string;
                /** @description Items a page, 1 to 100; 20 by default */
                page_size?: string;
                /** @description beginner, intermediate or advanced */
                difficulty_level?: string;
                /** @description Part of the title, or of the title, song or artist of a sequence, in any case, accents or not */
                search?: string;
                /** @description created_at, title or updated_at; a minus in front turns it round. Default -created_at */
                ordering?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 1,
                     *       "next": null,
                     *       "previous": null,
                     *       "results": [
                     *         {
                     *           "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "title": "Beginner Workshop",
                     *           "description": "Introduction to bachata basics",
                     *           "difficulty_level": "beginner",
                     *           "estimated_duration": 60,
                     *           "instructor_notes": "Bring water",
                     *           "sequence_count": 1,
                     *           "created_at": "2025-11-09T12:34:56Z",
                     *           "updated_at": "2025-11-09T12:34:56Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Items on all pages together
                         * @example 1
                         */
                        count: number;
                        /** @example null */
                        next: string | null;
                        /** @example null */
                        previous: string | null;
                        results: components["schemas"]["ClassPlan"][];
                    };
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "difficulty_level": [
                     *         "Select a valid choice. bogus is not one of the available choices."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Invalid page."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInstructorsClassPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Beginner Workshop",
                 *       "difficulty_level": "beginner",
                 *       "description": "Introduction to bachata basics",
                 *       "estimated_duration": 20,
                 *       "instructor_notes": "Bring water"
                 *     }
                 */
                "application/json": {
                    /** @example Beginner Workshop */
                    title: string;
                    /** @enum {unknown} */
                    difficulty_level: "beginner" | "intermediate" | "advanced";
                    /** @example Introduction to bachata basics */
                    description?: string;
                    /**
                     * @description Minutes
                     * @example 20
                     */
                    estimated_duration?: number | null;
                    /** @example Bring water */
                    instructor_notes?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "title": "Beginner Workshop",
                     *       "description": "Introduction to bachata basics",
                     *       "difficulty_level": "beginner",
                     *       "estimated_duration": 60,
                     *       "instructor_notes": "Bring water",
                     *       "sequence_count": 1,
                     *       "created_at": "2025-11-09T12:34:56Z",
                     *       "updated_at": "2025-11-09T12:34:56Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ClassPlan"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "title": [
                     *         "This field is required."
                     *       ],
                     *       "difficulty_level": [
                     *         "This field is required."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInstructorsClassPlansById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID of the class plan */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "title": "Beginner Workshop",
                     *       "description": "Introduction to bachata basics",
                     *       "difficulty_level": "beginner",
                     *       "estimated_duration": 60,
                     *       "instructor_notes": "Bring water",
                     *       "sequence_count": 1,
                     *       "created_at": "2025-11-09T12:34:56Z",
                     *       "updated_at": "2025-11-09T12:34:56Z",
                     *       "sequences": [
                     *         {
                     *           "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "sequence_order": 0,
                     *           "choreography": {
                     *             "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *             "title": "Suegra - Intermediate",
                     *             "video_path": "/media/output/choreography_abc-123-def-456.mp4",
                     *             "difficulty": "intermediate",
                     *             "duration": 227.18,
                     *             "notes": "Slow at the end",
                     *             "song_title": "Suegra",
                     *             "music_info": {
                     *               "song": "Suegra",
                     *               "artist": "Romeo Santos",
                     *               "bpm": 123,
                     *               "duration": 227.18
                     *             },
                     *             "generation_parameters": {
                     *               "difficulty": "intermediate",
                     *               "style": "modern"
                     *             },
                     *             "created_at": "2025-11-09T12:34:56Z",
                     *             "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *             "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *           },
                     *           "notes": "Start with this sequence",
                     *           "estimated_time": 20
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ClassPlanDetail"];
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No ClassPlan matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putInstructorsClassPlansById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID of the class plan */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Beginner Workshop",
                 *       "difficulty_level": "beginner",
                 *       "description": "Introduction to bachata basics",
                 *       "estimated_duration": 20,
                 *       "instructor_notes": "Bring water"
                 *     }
                 */
                "application/json": {
                    /** @example Beginner Workshop */
                    title: string;
                    /** @enum {unknown} */
                    difficulty_level: "beginner" | "intermediate" | "advanced";
                    /** @example Introduction to bachata basics */
                    description?: string;
                    /**
                     * @description Minutes
                     * @example 20
                     */
                    estimated_duration?: number | null;
                    /** @example Bring water */
                    instructor_notes?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "title": "Beginner Workshop",
                     *       "description": "Introduction to bachata basics",
                     *       "difficulty_level": "beginner",
                     *       "estimated_duration": 60,
                     *       "instructor_notes": "Bring water",
                     *       "sequence_count": 1,
                     *       "created_at": "2025-11-09T12:34:56Z",
                     *       "updated_at": "2025-11-09T12:34:56Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ClassPlan"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "difficulty_level": [
                     *         "This field is required."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No ClassPlan matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteInstructorsClassPlansById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID of the class plan */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "JSON parse error - The body is not valid JSON."
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No ClassPlan matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchInstructorsClassPlansById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID of the class plan */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Beginner Workshop",
                 *       "difficulty_level": "beginner",
                 *       "description": "Introduction to bachata basics",
                 *       "estimated_duration": 20,
                 *       "instructor_notes": "Bring water"
                 *     }
                 */
                "application/json": {
                    /** @example Beginner Workshop */
                    title?: string;
                    /** @enum {unknown} */
                    difficulty_level?: "beginner" | "intermediate" | "advanced";
                    /** @example Introduction to bachata basics */
                    description?: string;
                    /**
                     * @description Minutes
                     * @example 20
                     */
                    estimated_duration?: number | null;
                    /** @example Bring water */
                    instructor_notes?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "title": "Beginner Workshop",
                     *       "description": "Introduction to bachata basics",
                     *       "difficulty_level": "beginner",
                     *       "estimated_duration": 60,
                     *       "instructor_notes": "Bring water",
                     *       "sequence_count": 1,
                     *       "created_at": "2025-11-09T12:34:56Z",
                     *       "updated_at": "2025-11-09T12:34:56Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ClassPlan"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "difficulty_level": [
                     *         "This field is required."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No ClassPlan matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInstructorsClassPlansByIdDuplicate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID of the class plan */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "title": "Beginner Workshop",
                     *       "description": "Introduction to bachata basics",
                     *       "difficulty_level": "beginner",
                     *       "estimated_duration": 60,
                     *       "instructor_notes": "Bring water",
                     *       "sequence_count": 1,
                     *       "created_at": "2025-11-09T12:34:56Z",
                     *       "updated_at": "2025-11-09T12:34:56Z",
                     *       "sequences": [
                     *         {
                     *           "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "sequence_order": 0,
                     *           "choreography": {
                     *             "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *             "title": "Suegra - Intermediate",
                     *             "video_path": "/media/output/choreography_abc-123-def-456.mp4",
                     *             "difficulty": "intermediate",
                     *             "duration": 227.18,
                     *             "notes": "Slow at the end",
                     *             "song_title": "Suegra",
                     *             "music_info": {
                     *               "song": "Suegra",
                     *               "artist": "Romeo Santos",
                     *               "bpm": 123,
                     *               "duration": 227.18
                     *             },
                     *             "generation_parameters": {
                     *               "difficulty": "intermediate",
                     *               "style": "modern"
                     *             },
                     *             "created_at": "2025-11-09T12:34:56Z",
                     *             "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *             "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *           },
                     *           "notes": "Start with this sequence",
                     *           "estimated_time": 20
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ClassPlanDetail"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "JSON parse error - The body is not valid JSON."
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No ClassPlan matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInstructorsClassPlansByIdAddSequence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID of the class plan */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "choreography_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                 *       "order": 1,
                 *       "notes": "Start with this sequence",
                 *       "estimated_time": 20
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description An item of the caller's collection, or a completed task of theirs, saved on the way
                     */
                    choreography_id: string;
                    /** @description From 1; what is there and after it moves on. Default: the end */
                    order?: number;
                    /** @example Start with this sequence */
                    notes?: string;
                    /**
                     * @description Minutes
                     * @example 20
                     */
                    estimated_time?: number | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "sequence_order": 0,
                     *       "choreography": {
                     *         "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *         "title": "Suegra - Intermediate",
                     *         "video_path": "/media/output/choreography_abc-123-def-456.mp4",
                     *         "difficulty": "intermediate",
                     *         "duration": 227.18,
                     *         "notes": "Slow at the end",
                     *         "song_title": "Suegra",
                     *         "music_info": {
                     *           "song": "Suegra",
                     *           "artist": "Romeo Santos",
                     *           "bpm": 123,
                     *           "duration": 227.18
                     *         },
                     *         "generation_parameters": {
                     *           "difficulty": "intermediate",
                     *           "style": "modern"
                     *         },
                     *         "created_at": "2025-11-09T12:34:56Z",
                     *         "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *         "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *       },
                     *       "notes": "Start with this sequence",
                     *       "estimated_time": 20
                     *     }
                     */
                    "application/json": components["schemas"]["ClassPlanSequence"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInstructorsClassPlansByIdSequences: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID of the class plan */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "choreography_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                 *       "order": 1,
                 *       "notes": "Start with this sequence",
                 *       "estimated_time": 20
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description An item of the caller's collection, or a completed task of theirs, saved on the way
                     */
                    choreography_id: string;
                    /** @description From 1; what is there and after it moves on. Default: the end */
                    order?: number;
                    /** @example Start with this sequence */
                    notes?: string;
                    /**
                     * @description Minutes
                     * @example 20
                     */
                    estimated_time?: number | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "sequence_order": 0,
                     *       "choreography": {
                     *         "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *         "title": "Suegra - Intermediate",
                     *         "video_path": "/media/output/choreography_abc-123-def-456.mp4",
                     *         "difficulty": "intermediate",
                     *         "duration": 227.18,
                     *         "notes": "Slow at the end",
                     *         "song_title": "Suegra",
                     *         "music_info": {
                     *           "song": "Suegra",
                     *           "artist": "Romeo Santos",
                     *           "bpm": 123,
                     *           "duration": 227.18
                     *         },
                     *         "generation_parameters": {
                     *           "difficulty": "intermediate",
                     *           "style": "modern"
                     *         },
                     *         "created_at": "2025-11-09T12:34:56Z",
                     *         "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *         "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *       },
                     *       "notes": "Start with this sequence",
                     *       "estimated_time": 20
                     *     }
                     */
                    "application/json": components["schemas"]["ClassPlanSequence"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putInstructorsClassPlansByIdSequencesBySequenceId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID of the class plan */
                id: string;
                /** @description UUID of the sequence */
                sequence_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "notes": "Start with this sequence",
                 *       "estimated_time": 20
                 *     }
                 */
                "application/json": {
                    /** @example Start with this sequence */
                    notes?: string;
                    /**
                     * @description Minutes
                     * @example 20
                     */
                    estimated_time?: number | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *       "sequence_order": 0,
                     *       "choreography": {
                     *         "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *         "title": "Suegra - Intermediate",
                     *         "video_path": "/media/output/choreography_abc-123-def-456.mp4",
                     *         "difficulty": "intermediate",
                     *         "duration": 227.18,
                     *         "notes": "Slow at the end",
                     *         "song_title": "Suegra",
                     *         "music_info": {
                     *           "song": "Suegra",
                     *           "artist": "Romeo Santos",
                     *           "bpm": 123,
                     *           "duration": 227.18
                     *         },
                     *         "generation_parameters": {
                     *           "difficulty": "intermediate",
                     *           "style": "modern"
                     *         },
                     *         "created_at": "2025-11-09T12:34:56Z",
                     *         "task_id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *         "poster_url": "/media/output/choreography_abc-123-def-456.jpg"
                     *       },
                     *       "notes": "Start with this sequence",
                     *       "estimated_time": 20
                     *     }
                     */
                    "application/json": components["schemas"]["ClassPlanSequence"];
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteInstructorsClassPlansByIdSequencesBySequenceId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID of the class plan */
                id: string;
                /** @description UUID of the sequence */
                sequence_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "JSON parse error - The body is not valid JSON."
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInstructorsClassPlansByIdReorderSequences: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID of the class plan */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "sequence_ids": [
                 *         "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description Each of the plan's sequences once, in their new order */
                    sequence_ids: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Sequences reordered successfully",
                     *       "sequences": [
                     *         {
                     *           "id": "7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a",
                     *           "sequence_order": 0
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @example Sequences reordered successfully */
                        message: string;
                        sequences: {
                            /** Format: uuid */
                            id: string;
                            /** @description From 0, without holes */
                            sequence_order: number;
                        }[];
                    };
                };
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            413: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode413"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The request body is too large."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            415: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode415"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Unsupported media type \"text/plain\" in request."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInstructorsClassPlansByIdSummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID of the class plan */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "title": "Beginner Workshop",
                     *       "total_sequences": 1,
                     *       "total_estimated_duration": 20,
                     *       "difficulty_breakdown": {
                     *         "beginner": 1,
                     *         "intermediate": 0,
                     *         "advanced": 0
                     *       },
                     *       "sequences": [
                     *         {
                     *           "order": 0,
                     *           "title": "Suegra - Intermediate",
                     *           "difficulty": "intermediate",
                     *           "duration": 227.18,
                     *           "estimated_time": 20,
                     *           "notes": "Start with this sequence"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @example Beginner Workshop */
                        title: string;
                        /** @example 1 */
                        total_sequences: number;
                        /**
                         * @description Minutes
                         * @example 20
                         */
                        total_estimated_duration: number;
                        difficulty_breakdown: {
                            /** @example 1 */
                            beginner: number;
                            intermediate: number;
                            advanced: number;
                        };
                        sequences: {
                            /** @description From 0 */
                            order: number;
                            /** @example Suegra - Intermediate */
                            title: string;
                            /** @example intermediate */
                            difficulty: string;
                            /**
                             * @description Seconds
                             * @example 227.18
                             */
                            duration: number;
                            estimated_time: number | null;
                            /** @example Start with this sequence */
                            notes: string;
                        }[];
                    };
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No ClassPlan matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInstructorsClassPlansByIdExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUID of the class plan */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example <!doctype html>… */
                    "text/html": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "No ClassPlan matches the given query."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInstructorsStats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "total_class_plans": 4,
                     *       "total_unique_choreographies": 9,
                     *       "difficulty_breakdown": {
                     *         "beginner": 1,
                     *         "intermediate": 0,
                     *         "advanced": 0
                     *       },
                     *       "recent_count": 2,
                     *       "avg_sequences_per_plan": 2.5
                     *     }
                     */
                    "application/json": {
                        /** @example 4 */
                        total_class_plans: number;
                        /** @example 9 */
                        total_unique_choreographies: number;
                        difficulty_breakdown: {
                            /** @example 1 */
                            beginner: number;
                            intermediate: number;
                            advanced: number;
                        };
                        /**
                         * @description Plans made within the last 30 days
                         * @example 2
                         */
                        recent_count: number;
                        /**
                         * @description To one decimal
                         * @example 2.5
                         */
                        avg_sequences_per_plan: number;
                    };
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            401: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode401"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Authentication credentials were not provided."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "You do not have permission to perform this action."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMediaOutputByName: {
        parameters: {
            query?: {
                /** @description `1`: to be kept as a file, called by its song, and for its owner by its title */
                download?: string;
            };
            header?: never;
            path: {
                /** @description choreography_{task_id}.mp4, .vtt, .chapters.vtt, ... */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                    "text/vtt": string;
                    "image/jpeg": string;
                };
            };
            /** @description The range that was asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                    "text/vtt": string;
                    "image/jpeg": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "download": [
                     *         "Null characters are not allowed."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Not found."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            412: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode412"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The file is not the one that the request is about."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            416: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode416"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The range is outside the file."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    headMediaOutputByName: {
        parameters: {
            query?: {
                /** @description `1`: to be kept as a file, called by its song, and for its owner by its title */
                download?: string;
            };
            header?: never;
            path: {
                /** @description choreography_{task_id}.mp4, .vtt, .chapters.vtt, ... */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                    "text/vtt": string;
                    "image/jpeg": string;
                };
            };
            /** @description The range that was asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                    "text/vtt": string;
                    "image/jpeg": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "download": [
                     *         "Null characters are not allowed."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Not found."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            412: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode412"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The file is not the one that the request is about."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            416: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode416"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The range is outside the file."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMediaPreparedClipsByPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 32 hexadecimal digits and `.sheet.jpg` or `.jpg` */
                picture: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description The range that was asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Not found."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            412: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode412"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The file is not the one that the request is about."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            416: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode416"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The range is outside the file."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    headMediaPreparedClipsByPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 32 hexadecimal digits and `.sheet.jpg` or `.jpg` */
                picture: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description The range that was asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Not found."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            412: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode412"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The file is not the one that the request is about."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            416: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode416"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The range is outside the file."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMediaPrivateByName: {
        parameters: {
            query?: {
                /** @description When the address ends, in seconds since 1970 */
                expires?: string;
                /** @description Of this service, over the key and the end */
                signature?: string;
            };
            header?: never;
            path: {
                /** @description Storage key */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                    "audio/mp4": string;
                    "audio/mpeg": string;
                    "audio/wav": string;
                    "audio/flac": string;
                    "audio/ogg": string;
                    "audio/aac": string;
                };
            };
            /** @description The range that was asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                    "audio/mp4": string;
                    "audio/mpeg": string;
                    "audio/wav": string;
                    "audio/flac": string;
                    "audio/ogg": string;
                    "audio/aac": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "signature": [
                     *         "Null characters are not allowed."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This address is not valid, or not any more. Ask for new ones."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Not found."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            412: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode412"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The file is not the one that the request is about."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            416: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode416"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The range is outside the file."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    headMediaPrivateByName: {
        parameters: {
            query?: {
                /** @description When the address ends, in seconds since 1970 */
                expires?: string;
                /** @description Of this service, over the key and the end */
                signature?: string;
            };
            header?: never;
            path: {
                /** @description Storage key */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                    "audio/mp4": string;
                    "audio/mpeg": string;
                    "audio/wav": string;
                    "audio/flac": string;
                    "audio/ogg": string;
                    "audio/aac": string;
                };
            };
            /** @description The range that was asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/mp4": string;
                    "audio/mp4": string;
                    "audio/mpeg": string;
                    "audio/wav": string;
                    "audio/flac": string;
                    "audio/ogg": string;
                    "audio/aac": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Texts by field, or one text under `error` or `detail` */
            400: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode400"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "signature": [
                     *         "Null characters are not allowed."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FieldErrors"];
                };
            };
            /** @description What is wrong, for people */
            403: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode403"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This address is not valid, or not any more. Ask for new ones."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            404: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode404"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Not found."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            412: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode412"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The file is not the one that the request is about."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            416: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode416"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The range is outside the file."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "healthy"
                     *     }
                     */
                    "application/json": {
                        /** @example healthy */
                        status: string;
                    };
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready"
                     *     }
                     */
                    "application/json": {
                        /** @example ready */
                        status: string;
                    };
                };
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The database is not reachable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.0"
                     *     }
                     */
                    "application/json": {
                        [key: string]: unknown;
                    };
                    /** @example openapi: 3.1.0 */
                    "application/vnd.oai.openapi": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What is wrong, for people */
            500: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode500"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Internal server error."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is wrong, for people */
            503: {
                headers: {
                    "X-Error-Code": components["headers"]["ErrorCode503"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Service temporarily unavailable."
                     *     }
                     */
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
