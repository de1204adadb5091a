-- Tells whoever listens which task has changed. Heartbeats change nothing that anybody is shown and stay silent.
CREATE FUNCTION notify_task_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('choreography_task_changes', coalesce(NEW.task_id, OLD.task_id));
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER choreography_tasks_notify_update AFTER UPDATE ON choreography_tasks
  FOR EACH ROW WHEN (OLD.updated_at IS DISTINCT FROM NEW.updated_at OR OLD.user_id IS DISTINCT FROM NEW.user_id)
  EXECUTE FUNCTION notify_task_change();
--> statement-breakpoint
CREATE TRIGGER choreography_tasks_notify_delete AFTER DELETE ON choreography_tasks
  FOR EACH ROW EXECUTE FUNCTION notify_task_change();
