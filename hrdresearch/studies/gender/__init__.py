"""Gender across studies: what each list records of women defenders, whichever studies have a build."""
