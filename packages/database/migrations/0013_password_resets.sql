CREATE TABLE "password_resets" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"token_hash" varchar(64) NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "password_resets_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "password_resets" ADD CONSTRAINT "password_resets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- The pictures of videos that were kept before items knew theirs.
UPDATE "saved_choreographies" AS item SET "thumbnail_path" = task."result"->>'poster_path' FROM "choreography_tasks" AS task
WHERE task."task_id" = item."task_id" AND item."thumbnail_path" IS NULL AND length(task."result"->>'poster_path') <= 500
  AND item."video_path" = task."result"->>'output_path';
