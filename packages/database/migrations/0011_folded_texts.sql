ALTER TABLE "class_plans" ADD COLUMN "title_folded" text;--> statement-breakpoint
ALTER TABLE "saved_choreographies" ADD COLUMN "title_folded" text;--> statement-breakpoint
ALTER TABLE "saved_choreographies" ADD COLUMN "song_title_folded" text;--> statement-breakpoint
ALTER TABLE "saved_choreographies" ADD COLUMN "music_folded" text;--> statement-breakpoint
ALTER TABLE "songs" ADD COLUMN "title_folded" text;--> statement-breakpoint
ALTER TABLE "songs" ADD COLUMN "artist_folded" text;--> statement-breakpoint
ALTER TABLE "songs" ADD COLUMN "genre_folded" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "username_folded" text;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_username_folded_unique" UNIQUE("username_folded");