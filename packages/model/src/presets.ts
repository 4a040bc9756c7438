export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly needsKey: boolean;
  /** Runs on the user's own machine, at the address that it uses unless told otherwise. */
  readonly local: boolean;
}

/** Providers that the settings page offers; local ones first. */
export const PRESETS: readonly Preset[] = [
  { id: 'ollama', name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', needsKey: false, local: true },
  { id: 'lmstudio', name: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1', needsKey: false, local: true },
  { id: 'llamacpp', name: 'llama.cpp', baseUrl: 'http://127.0.0.1:8080/v1', needsKey: false, local: true },
  { id: 'koboldcpp', name: 'KoboldCpp', baseUrl: 'http://127.0.0.1:5001/v1', needsKey: false, local: true },
  { id: 'vllm', name: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1', needsKey: false, local: true },
  { id: 'featherless', name: 'Featherless', baseUrl: 'https://api.featherless.ai/v1', needsKey: true, local: false },
  { id: 'openrouter', name: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1', needsKey: true, local: false },
  { id: 'openai', name: 'OpenAI', baseUrl: 'https://api.openai.com/v1', needsKey: true, local: false },
];
