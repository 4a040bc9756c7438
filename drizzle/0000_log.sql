-- WITHOUT ROWID is written by hand: drizzle-kit cannot say it, and these tables are read by their keys alone.
CREATE TABLE `calls` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`chatId` text,
	`turnId` text,
	`purpose` text NOT NULL,
	`startedAt` text NOT NULL,
	`size` integer NOT NULL,
	`record` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calls_id_unique` ON `calls` (`id`);--> statement-breakpoint
CREATE INDEX `calls_by_chat` ON `calls` (`chatId`,`n`);--> statement-breakpoint
CREATE INDEX `calls_size` ON `calls` (`size`);--> statement-breakpoint
CREATE TABLE `checkpoints` (
	`projection` text NOT NULL,
	`key` text NOT NULL,
	`seq` integer NOT NULL,
	`row` text,
	PRIMARY KEY(`projection`, `key`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `drafts` (
	`turnId` text PRIMARY KEY NOT NULL,
	`chatId` text NOT NULL,
	`text` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`payload` text NOT NULL,
	`chatId` text,
	`turnId` text,
	`commandId` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	`live` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `events_by_turn` ON `events` (`turnId`,`seq`) WHERE turnId is not null;--> statement-breakpoint
CREATE INDEX `events_by_chat` ON `events` (`chatId`,`seq`) WHERE turnId is null and chatId is not null;--> statement-breakpoint
CREATE TABLE `files` (
	`id` text PRIMARY KEY NOT NULL,
	`mime` text NOT NULL,
	`bytes` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `heads` (
	`chatId` text PRIMARY KEY NOT NULL,
	`turnId` text NOT NULL,
	`depth` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `meta` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `owned` (
	`owner` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`owner`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `receipts` (
	`commandId` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`answer` text NOT NULL,
	`at` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `retractions` (
	`owner` text NOT NULL,
	`upTo` integer NOT NULL,
	PRIMARY KEY(`owner`, `upTo`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tombstones` (
	`projection` text NOT NULL,
	`key` text NOT NULL,
	`chatId` text,
	`continuityId` text,
	`seq` integer NOT NULL,
	PRIMARY KEY(`projection`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tombstones_by_seq` ON `tombstones` (`seq`);--> statement-breakpoint
CREATE TABLE `touches` (
	`projection` text NOT NULL,
	`key` text NOT NULL,
	`seq` integer NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`projection`, `key`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tree` (
	`turnId` text PRIMARY KEY NOT NULL,
	`chatId` text NOT NULL,
	`parentId` text,
	`depth` integer NOT NULL,
	`onPath` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tree_path` ON `tree` (`chatId`,`depth`) WHERE onPath = 1;
