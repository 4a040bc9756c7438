CREATE TABLE `withdrawn` (
	`turnId` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`turnId`, `seq`)
) WITHOUT ROWID;

