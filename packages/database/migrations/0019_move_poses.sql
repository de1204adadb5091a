ALTER TABLE "move_embeddings" ADD COLUMN "pose_kind" varchar(20);--> statement-breakpoint
ALTER TABLE "move_embeddings" ADD COLUMN "poses" jsonb;--> statement-breakpoint
ALTER TABLE "move_embeddings" ADD COLUMN "look" jsonb;--> statement-breakpoint
ALTER TABLE "move_embeddings" ADD COLUMN "pose_key" varchar(64);--> statement-breakpoint
ALTER TABLE "move_embeddings" ADD COLUMN "downbeat_confidence" double precision;--> statement-breakpoint
CREATE INDEX "move_embeddings_pose_key_index" ON "move_embeddings" USING btree ("pose_key");--> statement-breakpoint
ALTER TABLE "move_embeddings" ADD CONSTRAINT "move_embeddings_pose_kind_check" CHECK ("move_embeddings"."pose_kind" in ('measured', 'given'));--> statement-breakpoint
-- Until now every vector that is not all zeros was given with its clip.
UPDATE "move_embeddings" SET "pose_kind" = 'given' WHERE jsonb_path_exists("pose_embedding", '$[*] ? (@ != 0)');
