CREATE TABLE "uploads" (
	"key" varchar(500) PRIMARY KEY NOT NULL,
	"user_id" bigint,
	"size_bytes" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"released_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "uploads_user_id_index" ON "uploads" USING btree ("user_id");--> statement-breakpoint
-- How large those are that are there already nobody has noted.
INSERT INTO "uploads" ("key", "user_id", "size_bytes")
SELECT DISTINCT ON ("video_path") "video_path", "user_id", 0 FROM "saved_choreographies" WHERE "video_path" LIKE 'output/uploads/%';
