/** cli-progress comes without types; this is what is used of it. */
declare module "cli-progress" {
  export class SingleBar {
    constructor(options: {
      format?: string;
      stream?: NodeJS.WritableStream;
      clearOnComplete?: boolean;
      hideCursor?: boolean;
    });
    start(total: number, done: number): void;
    update(done: number): void;
    stop(): void;
  }
}
