import type { ConfigFile } from '../ops/configFile.ts';
import type { Config } from '../ops/configShape.ts';

/** How copies make themselves, as a page may set it. */
interface BackupSettings {
  readonly snapshots: number;
  readonly nightly: number;
  readonly everyMinutes: number;
  readonly everyEvents: number;
  readonly at: string;
}

/** Changes what is given; the rest stays. Rejects with the system's error where the file cannot be written. */
export function setBackups(config: ConfigFile, change: { readonly [K in keyof BackupSettings]?: BackupSettings[K] | undefined }): Promise<void> {
  return config.update((before): Config => {
    const { backups } = before;
    return {
      ...before,
      backups: {
        snapshots: change.snapshots ?? backups.snapshots,
        nightly: change.nightly ?? backups.nightly,
        every_minutes: change.everyMinutes ?? backups.every_minutes,
        every_events: change.everyEvents ?? backups.every_events,
        at: change.at ?? backups.at,
      },
    };
  });
}
