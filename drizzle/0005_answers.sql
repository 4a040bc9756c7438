-- Without AUTOINCREMENT, which keeps the last place in a table of its own and writes it with every commit; the log itself
-- remembers how far it has come where its end is purged.
INSERT OR REPLACE INTO `meta` (`name`, `value`) SELECT 'log:end', CAST(`seq` AS text) FROM `sqlite_sequence` WHERE `name` = 'events';--> statement-breakpoint
INSERT OR REPLACE INTO `meta` (`name`, `value`) SELECT 'receipts', CAST(coalesce(max(`seq`), 0) AS text) FROM `events`;--> statement-breakpoint
CREATE TABLE `__new_events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`payload` text NOT NULL,
	`chatId` text,
	`turnId` text,
	`commandId` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	`live` integer NOT NULL,
	`answer` text
);
--> statement-breakpoint
INSERT INTO `__new_events`(`seq`, `id`, `kind`, `version`, `payload`, `chatId`, `turnId`, `commandId`, `actor`, `at`, `live`) SELECT `seq`, `id`, `kind`, `version`, `payload`, `chatId`, `turnId`, `commandId`, `actor`, `at`, `live` FROM `events`;--> statement-breakpoint
DROP TABLE `events`;--> statement-breakpoint
ALTER TABLE `__new_events` RENAME TO `events`;--> statement-breakpoint
CREATE INDEX `events_by_turn` ON `events` (`turnId`,`seq`) WHERE turnId is not null;--> statement-breakpoint
CREATE INDEX `events_by_chat` ON `events` (`chatId`,`seq`) WHERE turnId is null and chatId is not null;
