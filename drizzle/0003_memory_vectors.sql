CREATE TABLE `memory_vectors` (
	`model` text NOT NULL,
	`ownerId` text NOT NULL,
	`memoryId` text NOT NULL,
	`textHash` text NOT NULL,
	`vector` blob NOT NULL,
	PRIMARY KEY(`model`, `ownerId`, `memoryId`)
);
