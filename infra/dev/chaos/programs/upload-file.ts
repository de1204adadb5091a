import { openObjectStore } from '@bachata-buddy/storage';

/** Stores a file in the bucket of the environment as a job does: `FILE KEY`. To be killed in the middle. */
const [filePath = '', key = ''] = process.argv.slice(2);
const { GCS_BUCKET_NAME = '', GCP_PROJECT_ID = '', GCS_API_ENDPOINT = '' } = process.env;
const store = await openObjectStore({
  STORAGE: 'gcs',
  LOCAL_STORAGE_PATH: '',
  GCS_BUCKET_NAME,
  GCP_PROJECT_ID,
  GCS_API_ENDPOINT,
});
await store.putFile(filePath, key, { contentType: 'video/mp4', ifAbsent: true });
