CREATE TABLE "blueprints" (
	"task_id" varchar(36) PRIMARY KEY NOT NULL,
	"blueprint_json" jsonb NOT NULL,
	"sha256" varchar(64) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "choreography_tasks" (
	"task_id" varchar(36) PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"status" varchar(20) DEFAULT 'pending' NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"stage" varchar(50) NOT NULL,
	"message" text NOT NULL,
	"result" jsonb,
	"error" text,
	"job_execution_name" varchar(500),
	"song_id" integer,
	"request_kind" varchar(10) NOT NULL,
	"query" text,
	"difficulty" varchar(20),
	"energy_level" varchar(20),
	"style" varchar(50),
	"seed" bigint,
	"attempt" integer DEFAULT 0 NOT NULL,
	"heartbeat_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "choreography_tasks_status_check" CHECK ("choreography_tasks"."status" in ('pending', 'started', 'running', 'completed', 'failed')),
	CONSTRAINT "choreography_tasks_progress_check" CHECK ("choreography_tasks"."progress" between 0 and 100),
	CONSTRAINT "choreography_tasks_request_kind_check" CHECK ("choreography_tasks"."request_kind" in ('song', 'ai'))
);
--> statement-breakpoint
CREATE TABLE "class_plan_sequences" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"class_plan_id" uuid NOT NULL,
	"choreography_id" uuid NOT NULL,
	"sequence_order" integer DEFAULT 0 NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"estimated_time" integer,
	CONSTRAINT "class_plan_sequences_plan_order_unique" UNIQUE("class_plan_id","sequence_order")
);
--> statement-breakpoint
CREATE TABLE "class_plans" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"instructor_id" bigint NOT NULL,
	"title" varchar(200) NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"instructor_notes" text DEFAULT '' NOT NULL,
	"difficulty_level" varchar(20) NOT NULL,
	"estimated_duration" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "launch_orders" (
	"task_id" varchar(36) PRIMARY KEY NOT NULL,
	"state" varchar(20) DEFAULT 'queued' NOT NULL,
	"available_at" timestamp with time zone DEFAULT now() NOT NULL,
	"launches" integer DEFAULT 0 NOT NULL,
	"launched_at" timestamp with time zone,
	"owner" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "launch_orders_state_check" CHECK ("launch_orders"."state" in ('queued', 'launched', 'finished'))
);
--> statement-breakpoint
CREATE TABLE "move_embeddings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "move_embeddings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"move_id" varchar(100) NOT NULL,
	"move_name" varchar(200) NOT NULL,
	"label" varchar(100) NOT NULL,
	"video_path" varchar(500) NOT NULL,
	"pose_embedding" jsonb NOT NULL,
	"audio_embedding" jsonb NOT NULL,
	"text_embedding" jsonb NOT NULL,
	"difficulty" varchar(20) NOT NULL,
	"energy_level" varchar(20) NOT NULL,
	"style" varchar(50) NOT NULL,
	"duration" double precision NOT NULL,
	"tempo_bpm" double precision NOT NULL,
	"first_downbeat_sec" double precision NOT NULL,
	"counts" integer NOT NULL,
	"beats" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"content_hash" varchar(128),
	"source" varchar(50) NOT NULL,
	"retired_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "move_embeddings_move_id_unique" UNIQUE("move_id"),
	CONSTRAINT "move_embeddings_difficulty_check" CHECK ("move_embeddings"."difficulty" in ('beginner', 'intermediate', 'advanced')),
	CONSTRAINT "move_embeddings_energy_level_check" CHECK ("move_embeddings"."energy_level" in ('low', 'medium', 'high')),
	CONSTRAINT "move_embeddings_style_check" CHECK ("move_embeddings"."style" in ('romantic', 'energetic', 'sensual', 'playful', 'modern')),
	CONSTRAINT "move_embeddings_duration_check" CHECK ("move_embeddings"."duration" > 0)
);
--> statement-breakpoint
CREATE TABLE "refresh_sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"family_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" bigint NOT NULL,
	"token_hash" varchar(128) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"user_agent" text,
	CONSTRAINT "refresh_sessions_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "saved_choreographies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" bigint NOT NULL,
	"task_id" varchar(36),
	"title" varchar(200) NOT NULL,
	"video_path" varchar(500) DEFAULT '' NOT NULL,
	"thumbnail_path" varchar(500),
	"difficulty" varchar(20) NOT NULL,
	"duration" double precision NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"song_title" varchar(200) DEFAULT '' NOT NULL,
	"music_info" jsonb,
	"generation_parameters" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_choreographies_user_task_unique" UNIQUE("user_id","task_id")
);
--> statement-breakpoint
CREATE TABLE "song_analyses" (
	"content_hash" varchar(128) NOT NULL,
	"version" integer NOT NULL,
	"analysis" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "song_analyses_pkey" PRIMARY KEY("content_hash","version")
);
--> statement-breakpoint
CREATE TABLE "songs" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "songs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"title" varchar(200) NOT NULL,
	"artist" varchar(200) NOT NULL,
	"duration" double precision NOT NULL,
	"bpm" integer,
	"tempo_bpm" double precision,
	"genre" varchar(50),
	"audio_path" varchar(500) NOT NULL,
	"content_hash" varchar(128),
	"source" varchar(50) DEFAULT 'folder' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "songs_audio_path_unique" UNIQUE("audio_path")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"password" varchar(256) NOT NULL,
	"last_login" timestamp with time zone,
	"is_superuser" boolean DEFAULT false NOT NULL,
	"is_staff" boolean DEFAULT false NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"username" varchar(150) NOT NULL,
	"first_name" varchar(150) DEFAULT '' NOT NULL,
	"last_name" varchar(150) DEFAULT '' NOT NULL,
	"email" varchar(254) DEFAULT '' NOT NULL,
	"date_joined" timestamp with time zone DEFAULT now() NOT NULL,
	"display_name" varchar(200) DEFAULT '' NOT NULL,
	"is_instructor" boolean DEFAULT false NOT NULL,
	"preferences" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "users_username_unique" UNIQUE("username")
);
--> statement-breakpoint
ALTER TABLE "blueprints" ADD CONSTRAINT "blueprints_task_id_choreography_tasks_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."choreography_tasks"("task_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "choreography_tasks" ADD CONSTRAINT "choreography_tasks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "choreography_tasks" ADD CONSTRAINT "choreography_tasks_song_id_songs_id_fk" FOREIGN KEY ("song_id") REFERENCES "public"."songs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_plan_sequences" ADD CONSTRAINT "class_plan_sequences_class_plan_id_class_plans_id_fk" FOREIGN KEY ("class_plan_id") REFERENCES "public"."class_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_plan_sequences" ADD CONSTRAINT "class_plan_sequences_choreography_id_saved_choreographies_id_fk" FOREIGN KEY ("choreography_id") REFERENCES "public"."saved_choreographies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_plans" ADD CONSTRAINT "class_plans_instructor_id_users_id_fk" FOREIGN KEY ("instructor_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "launch_orders" ADD CONSTRAINT "launch_orders_task_id_choreography_tasks_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."choreography_tasks"("task_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_sessions" ADD CONSTRAINT "refresh_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_choreographies" ADD CONSTRAINT "saved_choreographies_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_choreographies" ADD CONSTRAINT "saved_choreographies_task_id_choreography_tasks_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."choreography_tasks"("task_id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "choreography_tasks_user_status_index" ON "choreography_tasks" USING btree ("user_id","status");--> statement-breakpoint
CREATE INDEX "choreography_tasks_user_created_index" ON "choreography_tasks" USING btree ("user_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "choreography_tasks_status_index" ON "choreography_tasks" USING btree ("status");--> statement-breakpoint
CREATE INDEX "choreography_tasks_song_id_index" ON "choreography_tasks" USING btree ("song_id");--> statement-breakpoint
CREATE INDEX "class_plan_sequences_choreography_index" ON "class_plan_sequences" USING btree ("choreography_id");--> statement-breakpoint
CREATE INDEX "class_plans_instructor_created_index" ON "class_plans" USING btree ("instructor_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "class_plans_difficulty_level_index" ON "class_plans" USING btree ("difficulty_level");--> statement-breakpoint
CREATE INDEX "launch_orders_state_available_index" ON "launch_orders" USING btree ("state","available_at");--> statement-breakpoint
CREATE INDEX "move_embeddings_name_index" ON "move_embeddings" USING btree ("move_name");--> statement-breakpoint
CREATE INDEX "move_embeddings_kind_index" ON "move_embeddings" USING btree ("difficulty","energy_level","style");--> statement-breakpoint
CREATE INDEX "move_embeddings_source_index" ON "move_embeddings" USING btree ("source");--> statement-breakpoint
CREATE INDEX "refresh_sessions_user_id_index" ON "refresh_sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "refresh_sessions_family_id_index" ON "refresh_sessions" USING btree ("family_id");--> statement-breakpoint
CREATE INDEX "saved_choreographies_user_created_index" ON "saved_choreographies" USING btree ("user_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "saved_choreographies_difficulty_index" ON "saved_choreographies" USING btree ("difficulty");--> statement-breakpoint
CREATE INDEX "saved_choreographies_task_id_index" ON "saved_choreographies" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "songs_title_index" ON "songs" USING btree ("title");--> statement-breakpoint
CREATE INDEX "songs_artist_index" ON "songs" USING btree ("artist");--> statement-breakpoint
CREATE INDEX "songs_genre_index" ON "songs" USING btree ("genre");