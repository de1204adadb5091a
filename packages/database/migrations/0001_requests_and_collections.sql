CREATE TABLE "idempotency_keys" (
	"user_id" bigint NOT NULL,
	"route" varchar(200) NOT NULL,
	"key" varchar(255) NOT NULL,
	"request_sha256" varchar(64) NOT NULL,
	"state" varchar(20) DEFAULT 'in_flight' NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"status_code" smallint,
	"response" json,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("user_id","route","key"),
	CONSTRAINT "idempotency_keys_state_check" CHECK ("idempotency_keys"."state" in ('in_flight', 'done')),
	CONSTRAINT "idempotency_keys_answer_check" CHECK (("idempotency_keys"."state" = 'done') = ("idempotency_keys"."status_code" is not null and "idempotency_keys"."response" is not null))
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"scope" varchar(50) NOT NULL,
	"subject_sha256" varchar(64) NOT NULL,
	"taken_at" timestamp with time zone[] NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rate_limits_pkey" PRIMARY KEY("scope","subject_sha256")
);
--> statement-breakpoint
ALTER TABLE "saved_choreographies" ADD COLUMN "is_auto_saved" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idempotency_keys_expires_at_index" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "rate_limits_expires_at_index" ON "rate_limits" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "class_plans" ADD CONSTRAINT "class_plans_difficulty_level_check" CHECK ("class_plans"."difficulty_level" in ('beginner', 'intermediate', 'advanced'));--> statement-breakpoint
ALTER TABLE "saved_choreographies" ADD CONSTRAINT "saved_choreographies_difficulty_check" CHECK ("saved_choreographies"."difficulty" in ('beginner', 'intermediate', 'advanced'));--> statement-breakpoint
-- Checked when a statement ends, not row by row: one statement can shift or exchange the orders of a plan.
ALTER TABLE "class_plan_sequences" DROP CONSTRAINT "class_plan_sequences_plan_order_unique";--> statement-breakpoint
ALTER TABLE "class_plan_sequences" ADD CONSTRAINT "class_plan_sequences_plan_order_unique" UNIQUE("class_plan_id","sequence_order") DEFERRABLE INITIALLY IMMEDIATE;
