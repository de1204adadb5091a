ALTER TABLE "launch_orders" ADD COLUMN "traceparent" varchar(55);--> statement-breakpoint
CREATE INDEX "choreography_tasks_created_index" ON "choreography_tasks" USING btree ("created_at");