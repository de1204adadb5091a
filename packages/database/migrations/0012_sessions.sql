ALTER TABLE "refresh_sessions" ADD COLUMN "replaced_by" uuid;--> statement-breakpoint
ALTER TABLE "refresh_sessions" ADD COLUMN "used_at" timestamp with time zone;