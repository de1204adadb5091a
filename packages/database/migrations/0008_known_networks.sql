CREATE TABLE "known_networks" (
	"user_id" bigint NOT NULL,
	"network_sha256" varchar(64) NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "known_networks_pkey" PRIMARY KEY("user_id","network_sha256")
);
--> statement-breakpoint
ALTER TABLE "known_networks" ADD CONSTRAINT "known_networks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "known_networks_seen_at_index" ON "known_networks" USING btree ("seen_at");