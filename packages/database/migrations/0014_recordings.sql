ALTER TABLE "move_embeddings" ADD COLUMN "recording_hash" varchar(64);--> statement-breakpoint
ALTER TABLE "songs" ADD COLUMN "recording_hash" varchar(64);--> statement-breakpoint
ALTER TABLE "songs" ADD COLUMN "file_name" text;--> statement-breakpoint
CREATE INDEX "move_embeddings_recording_hash_index" ON "move_embeddings" USING btree ("recording_hash");--> statement-breakpoint
CREATE INDEX "songs_recording_hash_index" ON "songs" USING btree ("recording_hash");--> statement-breakpoint
CREATE INDEX "songs_content_hash_index" ON "songs" USING btree ("content_hash");