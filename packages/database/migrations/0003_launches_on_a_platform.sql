ALTER TABLE "choreography_tasks" ADD COLUMN "held_by" text;--> statement-breakpoint
ALTER TABLE "launch_orders" ADD COLUMN "submissions" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "launch_orders" ADD COLUMN "excused" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "launch_orders" ADD COLUMN "execution_name" varchar(500);