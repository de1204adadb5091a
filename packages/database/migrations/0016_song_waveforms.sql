CREATE TABLE "song_waveforms" (
	"content_hash" varchar(128) NOT NULL,
	"version" integer NOT NULL,
	"peaks" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "song_waveforms_pkey" PRIMARY KEY("content_hash","version")
);
