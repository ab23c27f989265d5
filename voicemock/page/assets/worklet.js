// Runs where the sound is: gathers what the microphone gives into pieces of 16-bit samples.
const SIZE = 2048;
registerProcessor("gather", class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.piece = new Int16Array(SIZE);
    this.at = 0;
  }
  process([input]) {
    const samples = input[0];
    if (!samples) return true;
    for (const sample of samples) {
      this.piece[this.at++] = Math.max(-32768, Math.min(32767, Math.round(sample * 32767)));
      if (this.at === SIZE) {
        this.port.postMessage(this.piece.buffer, [this.piece.buffer]);
        this.piece = new Int16Array(SIZE);
        this.at = 0;
      }
    }
    return true;
  }
});
