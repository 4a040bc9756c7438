CREATE TABLE `classifier_failures` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`chatId` text,
	`turnId` text,
	`purpose` text NOT NULL,
	`model` text NOT NULL,
	`raw` text NOT NULL,
	`problem` text NOT NULL,
	`attempts` integer NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `calls_by_turn` ON `calls` (`turnId`) WHERE turnId is not null;