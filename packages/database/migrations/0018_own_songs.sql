ALTER TABLE "songs" ADD COLUMN "owner_id" bigint;--> statement-breakpoint
ALTER TABLE "songs" ADD COLUMN "status" varchar(20) DEFAULT 'ready' NOT NULL;--> statement-breakpoint
ALTER TABLE "songs" ADD COLUMN "failure" text;--> statement-breakpoint
ALTER TABLE "songs" ADD CONSTRAINT "songs_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "songs_owner_id_index" ON "songs" USING btree ("owner_id");--> statement-breakpoint
ALTER TABLE "songs" ADD CONSTRAINT "songs_status_check" CHECK ("songs"."status" in ('analysing', 'ready', 'failed'));