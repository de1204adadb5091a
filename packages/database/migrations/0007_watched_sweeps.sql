CREATE TABLE "sweeps" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"looked_at" timestamp with time zone NOT NULL,
	"clear_since" timestamp with time zone NOT NULL,
	"leased_by" varchar(36),
	"leased_until" timestamp with time zone,
	CONSTRAINT "sweeps_id_check" CHECK ("sweeps"."id" = 1)
);
